// The table of figures and what ties it to the text: pointing at either shows the other.
const table = $("#table");
const row = id => $(`tr[data-f="${CSS.escape(id)}"]`, table);
const marks = id => $$(`mark[data-f="${CSS.escape(id)}"]`);
let active = null, previewed = null, pressed = null, timer = 0;

function point(id, {pin = false, from = null} = {}) {
  if (pin) active = id;
  if (previewed === id && !pin) return;
  for (const element of $$(".on")) element.classList.remove("on");
  previewed = id;
  if (!id) { unpaint(); return tell(null); }
  const figure = figureOf(id), spans = figure.trace.flatMap(({field, spans}) => spans.map(span => ({span, name: field})));
  paint([...spans.filter(({name}) => !["value", "unit"].includes(name)), {span: figure.span, name: "value"}]);
  for (const element of [row(id), ...marks(id), ...$$(`circle[data-f="${CSS.escape(id)}"]`)]) element?.classList.add("on");
  tell(figure);
  clearTimeout(timer);
  timer = setTimeout(() => {
    if (from !== "text") reveal($(".text article"), marks(id)[0]);
    if (from !== "table") reveal($(".table"), row(id));
  }, pin ? 0 : 140);
}

// Scroll a pane, and only it, until an element is well inside of it.
function reveal(pane, element) {
  if (!element || !pane.offsetParent) return;
  const outer = pane.getBoundingClientRect(), inner = element.getBoundingClientRect();
  const whole = pane.scrollHeight <= pane.clientHeight + 1;
  if (whole) return previewed === active && element.scrollIntoView({block: "nearest"});
  const margin = Math.min(80, outer.height / 4);
  if (inner.top < outer.top + margin || inner.bottom > outer.bottom - margin)
    pane.scrollTo({top: pane.scrollTop + inner.top - outer.top - outer.height / 3, behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth"});
}

// The fields of a figure under the text, in the colours of their characters.
function tell(figure) {
  const bar = $("#fields");
  if (!figure) return bar.replaceChildren(word("hint"));
  const chips = FIELDS.filter(name => shown(figure, name)).map(name => {
    const value = name === "value" ? figure.surface : shown(figure, name);
    return h("span.chip", {"data-field": name}, word("field." + name, "i"), value);
  });
  bar.replaceChildren(...chips, h("code", null, figure.rule));
}

// Write a figure into its row after a correction, or make it a new row; without correction the row is as it came.
const asCame = new Map();
function fill(id) {
  const figure = figureOf(id), old = row(id);
  const line = old ?? h("tr", {"data-f": id, tabindex: "-1", "aria-expanded": "false"}, h("td.what"), h("td.value"), h("td.goal"));
  if (!old) insert(line, figure);
  else if (!asCame.has(id)) asCame.set(id, [...line.cells].map(cell => [...cell.childNodes]));
  line.classList.remove("edited", "deleted", "added");
  if (figure.state) line.classList.add(figure.state);
  const parts = figure.state === "edited" || figure.state === "added" ? [what(figure), amount(figure), goal(figure)] : asCame.get(id);
  [...line.cells].forEach((cell, at) => cell.replaceChildren(...parts[at]));
}

function what(figure) {
  const small = name => shown(figure, name) ? [" ", h("small", null, shown(figure, name))] : [];
  const tag = key => [" ", h("small.tag", {"data-t": key}, say(key))];
  const verb = figure.action ? [h("span.action", null, figure.action), " "] : [];
  return [...verb, h("b", null, figure.indicator || "—"), ...small("scope"), ...small("per"), ...(figure.promised ? tag("promised") : []), ...tag(figure.state)];
}

function amount(figure) {
  const sign = {about: "≈", over: ">", under: "<", at_least: "≥", at_most: "≤"}[figure.approx] ?? "", way = {up: "↑", down: "↓"}[figure.direction] ?? "";
  const high = figure.value_max ? "–" + grouped(figure.value_max) : "";
  return [sign + way + grouped(figure.value) + high, ...(figure.unit ? [" ", h("small", null, figure.unit)] : [])];
}

function goal(figure) {
  const target = figure.target && Number(figure.target.value), told = figure.completion && Number(figure.completion.value);
  const percent = told ?? (target && !figure.promised ? Math.round(Number(figure.value) / target * 1000) / 10 : null);
  const rest = ["target", "margin", "previous"].filter(name => figure[name]).map(name => h("span", null, ...(name === "margin" ? [] : [word(name === "target" ? "aim" : "last"), " "]), shown(figure, name)));
  const head = percent == null ? [] : [bar(percent), told == null ? h("span.percent.computed", {title: say("computed"), "data-t-title": "computed"}, percent + "%") : h("span.percent", null, shown(figure, "completion"))];
  return [...head, ...(rest.length ? [" ", h("small", null, ...rest.flatMap(one => [one, " "]))] : [])];
}

function bar(percent) {
  const svg = (name, attributes, ...children) => {
    const element = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    element.append(...children);
    return element;
  };
  return svg("svg", {class: "bar " + (percent >= 100 ? "met" : "short"), viewBox: "0 0 100 8", preserveAspectRatio: "none", "aria-hidden": "true"},
    svg("rect", {class: "track", width: 100, height: 8}), svg("rect", {class: "fill", width: Math.min(100, percent / 2), height: 8}), svg("path", {class: "aim", d: "M50 0v8"}),
    ...(percent > 200 ? [svg("path", {class: "on", d: "M94 0l3 4-3 4"})] : []));
}

function insert(line, figure) {
  const project = projectOf(figure.span), body = $(`tbody[data-p="${project < 0 ? "" : project}"]`, table) ?? $("tbody", table);
  const next = $$("tr[data-f]", body).find(other => spanOf(other.dataset.f)[0] > figure.span[0]);
  next ? next.before(line) : body.append(line);
}

function refresh() {
  for (const mark of $$("mark[data-n]")) {
    const [role, id] = roleOf(+mark.dataset.n);
    mark.className = "r-" + role + (mark.classList.contains("on") ? " on" : "");
    if (id) mark.dataset.f = id; else delete mark.dataset.f;
  }
  for (const line of $$("tr[data-f]", table)) if (line.dataset.f.startsWith(NEW) && !correctionOf(line.dataset.f)) line.remove();
  for (const item of $$("[data-do=task]")) {
    const numeral = item.dataset.n != null && roleOf(+item.dataset.n)[0] !== "unexplained";
    item.classList.toggle("done", numeral || (item.dataset.f != null && !!correctionOf(item.dataset.f)));
  }
  narrow();
}

// Filter and sort. Rows sorted by anything but the text leave their projects.
function narrow() {
  const find = $("#find").value.trim().toLowerCase(), project = $("#project").value, which = $("#which").value;
  let count = 0;
  for (const line of $$("tr[data-f]", table)) {
    const figure = figureOf(line.dataset.f), home = projectOf(figure.span);
    const fits = {
      all_figures: true, has_target: figure.completion || figure.target || figure.margin, below_target: $(".bar.short", line) || figure.margin?.value.startsWith("-"),
      at_issue: $(".flag", line), corrected_only: figure.state || figure.rule === "corrected",
    }[which];
    const text = [line.textContent, figure.surface, PAGE.projects[home]?.title, figure.id].join(" ").toLowerCase();
    const holds = !pressed || pressed === "figure" || figure[pressed] != null;
    line.hidden = !(fits && holds && (!project || +project === home) && (!find || text.includes(find)));
    count += !line.hidden;
  }
  for (const body of table.tBodies) $("tr.group", body)?.toggleAttribute("hidden", sorted() || !$("tr[data-f]:not([hidden])", body));
  $("[data-count=shown]").textContent = count;
  $("#no-rows").hidden = count > 0;
}

const sorted = () => $("#sort").value !== "sort_text";
function sort() {
  closeDetails();
  const by = {
    sort_text: (a, b) => a.span[0] - b.span[0],
    sort_indicator: (a, b) => (a.indicator ?? "￿").localeCompare(b.indicator ?? "￿", "zh"),
    sort_value: (a, b) => Number(b.value) - Number(a.value),
    sort_completion: (a, b) => percent(b) - percent(a),
  }[$("#sort").value];
  const percent = figure => parseFloat($(".percent", row(figure.id))?.textContent ?? "-1");
  let flat = $("tbody.flat", table);
  if (sorted() && !flat) table.append(flat = h("tbody.flat"));
  for (const figure of figures().map(figureOf).sort(by)) {
    const home = projectOf(figure.span), body = sorted() ? flat : $(`tbody[data-p="${home < 0 ? "" : home}"]`, table);
    (body ?? table.tBodies[0]).append(row(figure.id));
  }
  if (!sorted()) flat?.remove();
  narrow();
}
