// Select the characters from .. to of a line, as a mouse does.
const [at, from, to] = arguments;
const walker = document.createTreeWalker(document.querySelectorAll("article p")[at], NodeFilter.SHOW_TEXT);
const range = document.createRange();
for (let start = 0; walker.nextNode(); ) {
  const node = walker.currentNode, end = start + node.data.length;
  if (start <= from && from < end) range.setStart(node, from - start);
  if (start < to && to <= end) range.setEnd(node, to - start);
  start = end;
}
getSelection().removeAllRanges();
getSelection().addRange(range);
