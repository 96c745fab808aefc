// The figures as they were read, and as the reviewer's corrections make them.
const RELATIONS = ["completion", "target", "margin", "previous"];
const WORDS = ["indicator", "action", "scope", "per"];
const FIELDS = [...WORDS, "value", "value_max", "unit", "kind", "direction", "approx", ...RELATIONS, "promised"];
const keyOf = span => span.join("-");
const read = new Map(PAGE.figures.map(figure => [figure.id, figure]));
const bySpan = new Map(PAGE.figures.map(figure => [keyOf(figure.span), figure.id]));
const corrections = new Map();
const NEW = "new:";

const correctionOf = id => corrections.get(keyOf(spanOf(id)));
const spanOf = id => id.startsWith(NEW) ? id.slice(NEW.length).split("-").map(Number) : read.get(id).span;
const idOf = span => bySpan.get(keyOf(span)) ?? (corrections.get(keyOf(span))?.do === "add" ? NEW + keyOf(span) : null);

// A figure with its corrections; state: null, "edited", "deleted" or "added".
function figureOf(id) {
  const correction = correctionOf(id);
  const figure = {...(read.get(id) ?? {id, span: spanOf(id), surface: characters(spanOf(id)), kind: "amount", rule: "corrected", trace: []})};
  figure.state = {edit: "edited", delete: "deleted", add: "added"}[correction?.do] ?? null;
  for (const [name, given] of Object.entries(correction?.fields ?? {})) {
    figure[name] = RELATIONS.includes(name) && given.value != null ? {value: given.value, unit: given.unit, span: given.spans[0]} : given.value;
    figure.trace = figure.trace.filter(one => one.field !== name);
    if (given.value != null) figure.trace.push({field: name, rule: "corrected", spans: given.spans ?? place(given.value, figure) ?? [figure.span]});
  }
  return figure;
}

const figures = () => [...read.keys(), ...[...corrections.values()].filter(one => one.do === "add" && !bySpan.has(keyOf(one.span))).map(one => NEW + keyOf(one.span))];
const projectOf = span => PAGE.projects.findIndex(project => project.span[0] <= span[0] && span[0] < project.span[1]);

// Where whole words stand before a figure, in its line and the one above it.
function place(words, figure) {
  for (let at = lineAt(figure.span[0]), last = Math.max(0, at - 1); at >= last; at--) {
    const text = lines[at].textContent, limit = starts[at] + length(text) > figure.span[0] && starts[at] <= figure.span[0] ? units(text, figure.span[0] - starts[at]) : text.length;
    const found = text.slice(0, limit).lastIndexOf(words);
    if (found >= 0) {
      const start = starts[at] + length(text.slice(0, found));
      return [[start, start + length(words)]];
    }
  }
  return null;
}

// A field as it is read by a person.
function shown(figure, name) {
  const value = figure[name];
  if (value == null || value === false) return "";
  if (name === "completion") return grouped(value.value) + "%";
  if (name === "margin") return (value.value.startsWith("-") ? "" : "+") + grouped(value.value) + (value.unit ?? "");
  if (RELATIONS.includes(name)) return grouped(value.value);
  if (name === "value" || name === "value_max") return grouped(value);
  return ["kind", "direction", "approx", "promised"].includes(name) ? say("choice." + value) : value;
}
const grouped = number => number.replace(/^-?\d+/, digits => digits.replace(/\B(?=(\d{3})+$)/g, ","));

// Role and figure of a numeral, corrections included.
function roleOf(n) {
  const [start, end, role, id] = PAGE.numerals[n];
  const over = ([a, b]) => a < end && start < b;
  for (const correction of corrections.values()) {
    const own = idOf(correction.span);
    if (correction.do === "add" && over(correction.span)) return ["figure", own];
    for (const name of RELATIONS) if (correction.fields?.[name]?.spans?.some(over)) return [name, own];
    if (["delete", "role"].includes(correction.do) && over(correction.span)) return [correction.role, null];
  }
  if (!id) return [role, null];
  const figure = figureOf(id);
  const gone = figure.state === "deleted" || (RELATIONS.includes(role) && figure.state === "edited" && role in correctionOf(id).fields);
  return gone ? ["unexplained", null] : [role, id];
}
