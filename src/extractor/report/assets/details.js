// Under a row: every field with its characters and rule, and the form in which it is put right.
let opened = null;

function closeDetails() {
  $("tr.detail")?.remove();
  if (opened) row(opened)?.setAttribute("aria-expanded", "false");
  opened = null;
}

function open(id, editing = false) {
  closeDetails();
  opened = id;
  const figure = figureOf(id), cell = h("td", {colspan: 3}, editing ? form(figure) : facts(figure));
  row(id).setAttribute("aria-expanded", "true");
  row(id).after(h("tr.detail", null, cell));
  if (editing) $("input", cell).focus();
  reveal($(".table"), cell);
}

function facts(figure) {
  const told = FIELDS.filter(name => shown(figure, name));
  const parts = told.map(name => {
    const read = figure.trace.filter(one => one.field === name);
    return h("div", null, h("dt", null, h("span.chip", {"data-field": name}, word("field." + name))), h("dd", null, shown(figure, name),
      ...read.map(({rule, spans}) => [h("q", {lang: "zh-CN"}, spans.map(characters).join("…")), h("code", null, rule)])));
  });
  const correction = correctionOf(figure.id), deleted = figure.state === "deleted";
  const button = (action, key) => h("button", {type: "button", "data-do": action, "data-f": figure.id, "data-t": key}, say(key));
  return h("div.facts", null, h("dl", null, ...parts, h("div", null, h("dt", null, word("rule")), h("dd", null, h("code", null, figure.rule), h("code", null, figure.id)))),
    correction?.note ? h("p.note", null, correction.note) : null,
    h("p.buttons", null, ...(deleted ? [button("undo", "restore")] : [button("edit", "correct"), button("wrong", "wrong"), correction ? button("undo", "undo") : null])));
}

function form(figure) {
  const label = (name, ...inputs) => h("label", null, h("span.chip", {"data-field": name}, word("field." + name)), ...inputs);
  const input = (name, value) => h("input", {name, value: value ?? "", autocomplete: "off", "aria-label": say("field." + name), "data-t-aria-label": "field." + name});
  const pick = name => h("button.icon", {type: "button", "data-do": "take", "data-name": name, title: say("use_selection"), "data-t-title": "use_selection", "aria-label": say("use_selection")}, "“”");
  const choice = (name, values) => h("select", {name, "aria-label": say("field." + name), "data-t-aria-label": "field." + name}, ...values.map(value => option(value, value ? say("choice." + value) : say("none"), String(figure[name] ?? "") === value)));
  return h("form.edit", {"data-f": figure.id, novalidate: ""},
    ...WORDS.map(name => label(name, input(name, figure[name]), pick(name))),
    label("value", input("value", figure.value), h("span", null, "–"), input("value_max", figure.value_max), input("unit", figure.unit)),
    label("kind", choice("kind", ["amount", "rate", "change"]), choice("direction", ["", "up", "down"])),
    label("approx", choice("approx", ["", "about", "over", "under", "at_least", "at_most"])),
    ...RELATIONS.map(name => label(name, input(name, figure[name]?.value), where(figure, name))),
    label("promised", choice("promised", ["false", "true"])),
    h("label", null, word("note"), h("textarea", {name: "note", rows: 2, placeholder: say("note_hint")}, correctionOf(figure.id)?.note ?? "")),
    h("p.problem", {role: "alert"}),
    h("p.buttons", null, h("button.primary", {type: "submit", "data-t": "apply"}, say("apply")), h("button", {type: "button", "data-do": "cancel", "data-t": "cancel"}, say("cancel"))));
}

const option = (value, text, selected) => { const element = h("option", {value}, text); element.selected = selected; return element; };

// The numerals that a relation may stand at: those of the figure's project, or of the lines around it.
function where(figure, name) {
  const home = projectOf(figure.span), line = lineAt(figure.span[0]);
  const [from, to] = home < 0 ? [starts[Math.max(0, line - 1)], starts[line + 2] ?? Infinity] : PAGE.projects[home].span;
  const options = PAGE.numerals.flatMap(([start, end], n) => {
    if (start < from || start >= to || (start < figure.span[1] && figure.span[0] < end)) return [];
    const [before, text] = around([start, end], 6);
    return [option(n, `${text}  …${before}`, keyOf(figure[name]?.span ?? []) === keyOf([start, end]))];
  });
  return h("select", {name: name + "_at", "data-do": "at", "data-name": name, "aria-label": say("in_text")}, option("", say("in_text"), false), ...options);
}

// The corrections that a form holds; throws what the reviewer has to put right first.
function collect(form, figure) {
  const value = name => form.elements[name].value.trim(), fields = {};
  for (const name of [...WORDS, "unit", "kind", "direction", "approx"]) if (value(name) !== (figure[name] ?? "")) fields[name] = {value: value(name) || null};
  for (const name of WORDS) if (fields[name]?.value && form.elements[name].dataset.span) fields[name].spans = [JSON.parse(form.elements[name].dataset.span)];
  if ((value("promised") === "true") !== !!figure.promised) fields.promised = {value: value("promised") === "true"};
  for (const name of ["value", "value_max"]) if (value(name) !== (figure[name] ?? "")) fields[name] = {value: decimal(value(name))};
  for (const name of RELATIONS) collectRelation(form, figure, name, value(name), fields);
  if (!decimal(value("value"))) throw say("bad_number");
  if ((value("kind") === "change") !== (value("direction") !== "")) throw say("need_direction");
  return fields;
}

function collectRelation(form, figure, name, value, fields) {
  const n = form.elements[name + "_at"].value, old = figure[name];
  const span = n === "" ? old?.span : PAGE.numerals[n].slice(0, 2);
  if (value === (old?.value ?? "") && (!value || keyOf(span ?? []) === keyOf(old?.span ?? []))) return;
  if (value && !span) throw say("field." + name) + " — " + say("need_place");
  fields[name] = value ? {value: decimal(value), spans: [span]} : {value: null};
  if (value && name === "margin") fields[name].unit = n === "" ? old?.unit ?? null : PAGE.numerals[n][5] || null;
}

function decimal(text) {
  const plain = text.replace(/[,，\s]/g, "");
  if (plain && !/^-?\d{1,40}(\.\d{1,20})?$/.test(plain)) throw say("bad_number") + ": " + text;
  return plain || null;
}

function closeNumeral() {
  $("#numeral").hidden = true;
  $("#numeral").replaceChildren();
}

// What a numeral is that serves no figure, and what it might be.
function numeral(n) {
  const panel = $("#numeral"), [role, id] = roleOf(n), [start, end] = PAGE.numerals[n];
  if (id) { closeNumeral(); return point(id, {pin: true, from: "text"}); }
  active = null;
  point(null);
  paint([{span: [start, end], name: "value"}]);
  const [before, text, behind] = around([start, end]);
  const roles = ["unexplained", "date", "ordinal", "name", "specification", "declared", "reference", "layout"];
  panel.replaceChildren(h("form.edit", {"data-n": n},
    h("p", null, word("selected_numeral"), " ", h("q", {lang: "zh-CN"}, before, h("em", null, text), behind)),
    h("label", null, word("role"), h("select", {name: "role"}, ...roles.map(name => option(name, say("roles_of." + name), name === role)))),
    h("label", null, word("note"), h("textarea", {name: "note", rows: 1, placeholder: say("note_hint")}, corrections.get(keyOf([start, end]))?.note ?? "")),
    h("p.buttons", null, h("button.primary", {type: "submit", "data-t": "apply"}, say("apply")), h("button", {type: "button", "data-do": "add", "data-t": "add"}, say("add")), h("button", {type: "button", "data-do": "cancel", "data-t": "cancel"}, say("cancel")))));
  panel.hidden = false;
  show("table");
  reveal($(".table"), panel);
}
