// The release's text: which characters stand where, painted in place. Offsets count code points, as the record does.
const lines = $$("article p[data-s]");
const starts = lines.map(line => +line.dataset.s);
const length = text => { let n = 0; for (const _ of text) n++; return n; };
const units = (text, points) => [...text].slice(0, points).join("").length;
let painted = [];

function lineAt(offset) {
  let low = 0, high = lines.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (starts[middle] <= offset) low = middle; else high = middle - 1;
  }
  return low;
}

function linesOf([start, end]) {
  const found = [];
  for (let at = lineAt(start); at < lines.length && starts[at] < end; at++) found.push(at);
  return found;
}

// The characters of a span; line breaks are left out.
function characters(span) {
  return linesOf(span).map(at => [...lines[at].textContent].slice(Math.max(0, span[0] - starts[at]), span[1] - starts[at]).join("")).join("");
}

function around([start, end], width = 10) {
  const line = [...lines[lineAt(start)].textContent], at = start - starts[lineAt(start)];
  return [line.slice(Math.max(0, at - width), at).join(""), characters([start, end]), line.slice(at + end - start, at + end - start + width).join("")];
}

function paint(spans) {
  unpaint();
  for (const {span, name} of spans) for (const at of linesOf(span)) paintLine(lines[at], starts[at], span, name);
}

function paintLine(line, at, [start, end], name) {
  const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT), nodes = [];
  while (walker.nextNode()) nodes.push(walker.currentNode);
  for (let node of nodes) {
    const size = length(node.data), from = Math.max(start, at) - at, to = Math.min(end, at + size) - at;
    at += size;
    if (from >= to) continue;
    const text = node.data;
    if (to < size) node.splitText(units(text, to));
    if (from > 0) node = node.splitText(units(text, from));
    const wrapper = h("span.hl", {"data-field": name});
    node.replaceWith(wrapper);
    wrapper.append(node);
    painted.push(wrapper);
  }
}

function unpaint() {
  for (const wrapper of painted.reverse()) {
    const parent = wrapper.parentNode;
    wrapper.replaceWith(...wrapper.childNodes);
    parent.normalize();
  }
  painted = [];
}

// What is selected in the text, as {span, text}; null where nothing is.
function selected() {
  const selection = getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  const start = offset(range.startContainer, range.startOffset), end = offset(range.endContainer, range.endOffset);
  return start == null || end == null || start >= end ? null : {span: [start, end], text: characters([start, end])};
}

function offset(node, at) {
  const line = (node.nodeType === 1 ? node : node.parentElement).closest("article p[data-s]");
  if (!line) return null;
  const before = document.createRange();
  before.setStart(line, 0);
  before.setEnd(node, at);
  return +line.dataset.s + length(before.toString());
}
