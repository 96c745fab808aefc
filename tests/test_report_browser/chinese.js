// Words of the page itself that are Chinese; what comes from the release is.
const release = "article, td.what, td.value, tr.group, #project, q, h1, .about, option, dd, #fields, [data-do=language], script, style, noscript, title";
const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), found = [];
while (walker.nextNode()) {
  const {data, parentElement} = walker.currentNode;
  const own = !parentElement.closest(release) && !parentElement.matches("td.goal span:not([data-t])");
  if (/[\u4e00-\u9fff]/.test(data) && own) found.push(data);
}
return found;
