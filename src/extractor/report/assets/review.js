// What a person does: pointing, clicking, keys.
function show(pane) {
  $("#main").dataset.pane = pane;
  for (const tab of $$(".tabs button")) tab.setAttribute("aria-selected", tab.dataset.pane === pane);
}

function choose(id, {focus = false, from = null} = {}) {
  closeNumeral();
  point(id, {pin: true, from});
  if (focus) row(id)?.focus({preventScroll: true});
}

const visible = () => $$("tr[data-f]", table).filter(line => !line.hidden).map(line => line.dataset.f);
function step(by) {
  const ids = visible(), at = ids.indexOf(active);
  const id = ids[Math.max(0, Math.min(ids.length - 1, at < 0 ? (by > 0 ? 0 : ids.length - 1) : at + by))];
  if (!id) return;
  if (opened && opened !== id) closeDetails();
  choose(id, {focus: true});
}

let task = -1;
function nextTask() {
  const tasks = $$("[data-do=task]:not(.done)");
  if (!tasks.length) return;
  task = (task + 1) % tasks.length;
  tasks[task].focus();
  actions.task(tasks[task]);
}

const switchLanguage = actions.language;
Object.assign(actions, {
  pane(button) {
    show(button.dataset.pane);
    if (active) { previewed = null; point(active, {pin: true}); }
  },
  save,
  language() {
    switchLanguage();
    list();
    for (const id of figures()) if (figureOf(id).state) fill(id);
    if (opened && !$("form.edit")) open(opened);
    if (active) { previewed = null; point(active, {pin: true}); }
  },
  help() { const dialog = $("dialog#help"); dialog.open ? dialog.close() : dialog.showModal(); },
  list(button) { const section = $("#corrections"); section.hidden = !section.hidden; button.setAttribute("aria-expanded", !section.hidden); },
  load: () => $("#file").click(),
  role(button) {
    pressed = pressed === button.dataset.role ? null : button.dataset.role;
    for (const other of $$("[data-do=role]")) other.setAttribute("aria-pressed", other.dataset.role === pressed);
    $(".text").dataset.only = pressed ?? "";
    for (const mark of $$("mark[data-n]")) mark.classList.toggle("dim", !!pressed && !mark.classList.contains("r-" + pressed));
    if (pressed) reveal($(".text article"), $(`mark.r-${pressed}`));
    narrow();
  },
  task(button) {
    const {f, n, s} = button.dataset;
    if (n != null) { numeral(+n); reveal($(".text article"), $(`mark[data-n="${n}"]`)); }
    else if (f && row(f)) choose(f);
    else if (s != null) reveal($(".text article"), lines[lineAt(+s)]);
  },
  edit: button => open(button.dataset.f, true),
  wrong(button) { const id = button.dataset.f; id.startsWith(NEW) ? undo(id) : correct(spanOf(id), {do: "delete", role: "name"}); if (row(id)) open(id); },
  undo(button) {
    const span = (button.dataset.key ?? keyOf(spanOf(button.dataset.f))).split("-").map(Number), id = idOf(span);
    closeDetails();
    correct(span, null);
    if (id && row(id)) open(id);
  },
  cancel(button) {
    const id = button.closest("form").dataset.f;
    closeNumeral();
    if (id) leaveForm(id);
  },
  add: button => addFigure(+button.closest("form").dataset.n),
  take(button) {
    const chosen = selected(), form = button.closest("form"), input = form.elements[button.dataset.name];
    if (!chosen) { $(".problem", form).textContent = say("select_first"); return; }
    input.value = chosen.text;
    input.dataset.span = JSON.stringify(chosen.span);
  },
});
function leaveForm(id) {
  if (fresh === id) { fresh = null; return undo(id); }
  open(id);
  row(id).focus();
}
const undo = id => { closeDetails(); correct(spanOf(id), null); };

// Which figure an event is about, and in which pane it happened.
const about = target => target.closest?.("mark[data-f], tr[data-f], circle[data-f]")?.dataset.f;
const paneOf = target => target.closest("article") ? "text" : target.closest("table") ? "table" : null;

// Rows that move under a resting pointer are not pointed at.
let rest = "";
document.addEventListener("mouseover", event => {
  const place = event.clientX + " " + event.clientY;
  if (place === rest) return;
  rest = place;
  if ($("#table form.edit")) return;
  const id = about(event.target);
  if (id) point(id, {from: paneOf(event.target)});
  else if (previewed !== active && !$("#numeral").offsetParent) point(active);
});

document.addEventListener("click", event => {
  if (event.target.closest("button, input, select, textarea, a, summary, tr.detail, dialog")) return;
  const mark = event.target.closest("mark[data-n]"), id = about(event.target);
  if (mark && !id) return numeral(+mark.dataset.n);
  if (!id) return;
  const again = active === id && paneOf(event.target) === "table";
  choose(id, {from: paneOf(event.target), focus: !mark});
  if (again) opened === id ? closeDetails() : open(id);
});

document.addEventListener("focusin", event => {
  const id = event.target.matches("mark[data-f]") && event.target.matches(":focus-visible") ? about(event.target) : null;
  if (id) point(id, {pin: true, from: "text"});
});

// A click on a pick button must not undo the selection that it picks.
document.addEventListener("mousedown", event => { if (event.target.closest("[data-do=take]")) event.preventDefault(); });
document.addEventListener("input", event => {
  if (event.target.id === "find") narrow();
  if (event.target.closest("form.edit")) delete event.target.dataset.span;
});
document.addEventListener("change", event => {
  const {id, dataset} = event.target;
  if (id === "project" || id === "which") narrow();
  if (id === "sort") sort();
  if (id === "project" && event.target.value !== "") reveal($(".text article"), $(`#p${event.target.value}`));
  if (id === "file" && event.target.files[0]) event.target.files[0].text().then(take).then(() => { event.target.value = ""; });
  if (dataset.do === "at") event.target.form.elements[dataset.name].value = event.target.value === "" ? "" : PAGE.numerals[event.target.value][4];
});
document.addEventListener("submit", event => {
  const form = event.target;
  if (!form.matches("form.edit")) return;
  event.preventDefault();
  form.dataset.n != null ? submitNumeral(form) : submitFigure(form);
});

function escape(event) {
  if (event.target.matches("input, select, textarea")) event.target.blur();
  if (!$("#numeral").hidden) { closeNumeral(); return point(active); }
  if ($("#table form.edit")) return leaveForm(opened);
  if (opened) return closeDetails();
  if ($("#find").value) { $("#find").value = ""; return narrow(); }
  if (pressed) return actions.role($(`[data-do=role][data-role=${pressed}]`));
  active = null;
  point(null);
}

const keys = {
  j: () => step(1), k: () => step(-1), n: nextTask, "/": () => { show("table"); $("#find").focus(); }, "?": () => actions.help(),
  e: () => active && open(active, true),
  x: () => active && (figureOf(active).state === "deleted" ? undo(active) : actions.wrong(row(active))),
};
document.addEventListener("keydown", event => {
  if (event.key === "Escape" && !$("dialog[open]")) return escape(event);
  if (event.ctrlKey || event.metaKey || event.altKey || $("dialog[open]") || event.target.matches("input, select, textarea")) return;
  const mark = event.target.closest("mark[data-n]");
  if (mark && ["ArrowRight", "ArrowLeft"].includes(event.key)) {
    const all = $$("mark[data-n]");
    all[(all.indexOf(mark) + (event.key === "ArrowRight" ? 1 : all.length - 1)) % all.length].focus();
  } else if (mark && ["Enter", " "].includes(event.key)) mark.click();
  else if (event.key === "Enter" && active && !event.target.closest("button, summary, a")) opened === active ? closeDetails() : open(active);
  else if (keys[event.key]) keys[event.key]();
  else return;
  event.preventDefault();
});
window.addEventListener("beforeunload", event => { if (dirty) event.preventDefault(); });

$("mark[data-n]")?.setAttribute("tabindex", "0");
if (store.get(DRAFT)) take(store.get(DRAFT));
list();
