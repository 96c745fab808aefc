// The index: filter and sort its rows, and show one place in all pictures.
const rows = $$("#releases tbody tr");

function narrow() {
  const find = $("#find").value.trim().toLowerCase();
  for (const row of rows) row.hidden = !row.textContent.toLowerCase().includes(find);
  $("[data-count=shown]").textContent = rows.filter(row => !row.hidden).length;
}

Object.assign(actions, {
  order(button) {
    const head = button.closest("th"), up = head.getAttribute("aria-sort") !== "ascending", at = +button.dataset.column;
    for (const other of $$("#releases th[aria-sort]")) other.setAttribute("aria-sort", "none");
    head.setAttribute("aria-sort", up ? "ascending" : "descending");
    const value = row => button.dataset.kind === "number" ? parseFloat(row.cells[at].dataset.value ?? row.cells[at].textContent) || 0 : row.cells[at].textContent;
    const compare = button.dataset.kind === "number" ? (a, b) => value(a) - value(b) : (a, b) => value(a).localeCompare(value(b), "zh");
    $("#releases tbody").append(...rows.sort((a, b) => up ? compare(a, b) : compare(b, a)));
  },
  place(button) {
    const on = button.getAttribute("aria-pressed") !== "true";
    for (const other of $$(".legend button")) other.setAttribute("aria-pressed", other === button && on);
    for (const element of $$(".grid [data-series]")) {
      const own = element.dataset.series === button.dataset.series;
      element.classList.toggle("dim", on && !own);
      element.classList.toggle("lit", on && own);
    }
  },
});

document.addEventListener("input", event => { if (event.target.id === "find") narrow(); });
document.addEventListener("keydown", event => {
  if (event.key === "/" && !event.target.matches("input")) { event.preventDefault(); $("#find").focus(); }
  if (event.key === "Escape" && event.target.id === "find") { event.target.value = ""; narrow(); event.target.blur(); }
});
