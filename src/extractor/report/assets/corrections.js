// Corrections: taken down, listed, undone, kept in this browser while unsaved, saved to a file and loaded from one.
const DRAFT = "corrections." + [PAGE.source.sha256, PAGE.source.page, PAGE.source.member].join(".");
let dirty = false;

function correct(span, correction) {
  const key = keyOf(span);
  if (correction) corrections.set(key, {do: correction.do, span, surface: characters(span), ...correction}); else corrections.delete(key);
  changed();
  const id = idOf(span);
  if (id) fill(id);
  if (active) { const id = active; previewed = null; point(figures().includes(id) ? id : null, {pin: true}); }
}

function changed(isDirty = true) {
  dirty = isDirty;
  store.set(DRAFT, corrections.size ? JSON.stringify(file()) : "");
  refresh();
  list();
}

const file = () => ({schema: "corrections/1", source: PAGE.source, corrections: [...corrections.values()].sort((a, b) => a.span[0] - b.span[0])});

function list() {
  $("[data-count=corrections]").textContent = corrections.size;
  $("[data-do=save]").disabled = !corrections.size;
  $("#corrections ol").replaceChildren(...file().corrections.map(one => h("li", {"data-key": keyOf(one.span)},
    word({edit: "correct", add: "add", delete: "wrong", role: "role", note: "note"}[one.do], "b"), h("q", {lang: "zh-CN"}, one.surface),
    ...Object.entries(one.fields ?? {}).map(([name, {value}]) => h("span.chip", {"data-field": name}, word("field." + name, "i"), String(value ?? "∅"))),
    one.role ? word("roles_of." + one.role) : null, one.note ? h("small", null, one.note) : null,
    h("button", {type: "button", "data-do": "undo", "data-key": keyOf(one.span), "data-t": "undo"}, say("undo")))));
  $("#corrections .none").hidden = corrections.size > 0;
}

const status = text => { $("#status").textContent = text; };

function save() {
  const name = PAGE.source.name.replace(/^.*[\\/]/, "").replace(/\.[^.]*$/, "") + ".corrections.json";
  const link = h("a", {download: name, href: URL.createObjectURL(new Blob([JSON.stringify(file(), null, 1) + "\n"], {type: "application/json"}))});
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  dirty = false;
  status(`${say("saved")}: ${name}`);
}

// Take over the corrections of a file or of the draft; those of another release are refused.
function take(text) {
  let plain;
  try { plain = JSON.parse(text); } catch { plain = null; }
  if (plain?.schema !== "corrections/1" || !Array.isArray(plain.corrections)) return status(say("load_wrong"));
  if (["sha256", "page", "member"].some(name => plain.source?.[name] !== PAGE.source[name])) return status(say("load_other"));
  for (const one of plain.corrections) corrections.set(keyOf(one.span), one);
  changed(false);
  for (const one of corrections.values()) { const id = idOf(one.span); if (id) fill(id); }
  narrow();
  status(`${say("loaded")}: ${plain.corrections.length}`);
}

function submitFigure(form) {
  const id = form.dataset.f, base = read.get(id) ?? {kind: ""};
  try {
    const fields = collect(form, base), note = form.elements.note.value.trim() || null;
    if (read.has(id) && !Object.keys(fields).length) correct(spanOf(id), note ? {do: "note", note} : null);
    else correct(spanOf(id), {do: read.has(id) ? "edit" : "add", fields, ...(note ? {note} : {})});
    for (const name of RELATIONS) if (fields[name]?.spans) absorb(fields[name].spans[0], id);
    fresh = null;
    open(id);
    row(id).focus();
  } catch (problem) {
    if (typeof problem !== "string") throw problem;
    $(".problem", form).textContent = problem;
  }
}

// A figure that became what is said of another is no figure any more.
function absorb(span, by) {
  for (const id of read.keys()) {
    const [start, end] = spanOf(id);
    if (id !== by && start < span[1] && span[0] < end) correct([start, end], {do: "delete", role: "unexplained"});
  }
}

function submitNumeral(form) {
  const n = +form.dataset.n, span = PAGE.numerals[n].slice(0, 2), role = form.elements.role.value, note = form.elements.note.value.trim();
  const same = role === PAGE.numerals[n][2];
  correct(span, same && !note ? null : {...(same ? {do: "note"} : {do: "role", role}), ...(note ? {note} : {})});
  closeNumeral();
}

// A figure just added stands only once its form is applied.
let fresh = null;
function addFigure(n) {
  const [start, end, , , value, unit] = PAGE.numerals[n], span = [start, end];
  const fields = {value: {value: value || "0"}, kind: {value: unit === "%" ? "rate" : "amount"}};
  if (unit) fields.unit = {value: unit};
  correct(span, {do: "add", fields});
  closeNumeral();
  active = fresh = NEW + keyOf(span);
  point(active, {pin: true});
  open(active, true);
}
