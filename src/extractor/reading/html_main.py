"""Where on a page the release stands: the containers of government sites, else the densest part; furniture left out."""

from __future__ import annotations

from collections import defaultdict

from selectolax.lexbor import LexborHTMLParser, LexborNode

from extractor.reading.html_furniture import is_furniture, without_buttons
from extractor.reading.html_lines import LINE_ENDS, UNSEEN, data_rows, lines_of

CONTAINERS = (
    "#UCAP-CONTENT, ucapcontent",
    ".TRS_Editor, .TRS_UEDITOR, .trs_editor_view",
    "#zoom, #Zoom",
    ".zfxxgk_zw_content",
    "#vsb_content, .v_news_content",
    ".pages_content",
    ".article-content, .article_content, .bt-article-content, .news_content",
)
_ENOUGH = 60  # characters that make a container more than an empty shell
_MOST = 0.75  # share of the text that a part must hold for the rest to be left aside
_BETWEEN = 600  # characters of date, source and subtitle between a heading and its text


def main_lines(tree: LexborHTMLParser, title: str | None) -> list[str]:
    """The lines of the release on a page: its heading, what stands between, its text.

    title: what the page's properties call the release, to find the heading by.
    """
    body = tree.body
    if body is None:
        return []
    container = _container(tree) or _densest(body)
    heading = _heading(body, container, title)
    if heading is None:
        return without_buttons(lines_of(container, is_furniture))
    length = len(container.text())
    region = _cut_out(heading, container)
    lines = without_buttons(lines_of(region, is_furniture))
    if sum(map(len, lines)) > length + _BETWEEN:
        lines = lines_of(heading, is_furniture) + lines_of(container, is_furniture)
    return lines


def _container(tree: LexborHTMLParser) -> LexborNode | None:
    for selector in CONTAINERS:
        found = [node for node in tree.css(selector) if len(node.text().strip()) >= _ENOUGH]
        if found:
            return _common(_outermost(found))
    return None


def _outermost(nodes: list[LexborNode]) -> list[LexborNode]:
    known = {node.mem_id for node in nodes}
    return [node for node in nodes if not any(above.mem_id in known for above in _ancestors(node))]


def _common(nodes: list[LexborNode]) -> LexborNode:
    """The lowest node that holds them all."""
    common = nodes[0]
    for node in nodes[1:]:
        above = {node.mem_id, *(ancestor.mem_id for ancestor in _ancestors(node))}
        common = next(one for one in (common, *_ancestors(common)) if one.mem_id in above)
    return common


def _ancestors(node: LexborNode) -> list[LexborNode]:
    found = []
    above = node.parent
    while above is not None:
        found.append(above)
        above = above.parent
    return found


def _densest(body: LexborNode) -> LexborNode:
    """Down from the page's body as long as one part holds most of the text that is no link."""
    weights = _weights(body)
    enough = max(_MOST * weights[body.mem_id], _ENOUGH)
    node = body
    while True:
        heaviest = max(node.iter(), key=lambda child: weights[child.mem_id], default=None)
        if heaviest is None or weights[heaviest.mem_id] < enough or not _holds_lines(heaviest):
            return node
        node = heaviest


def _holds_lines(node: LexborNode) -> bool:
    """Whether there are lines to choose from in node: it is no paragraph, and no table of data."""
    return any(child.tag in LINE_ENDS for child in node.iter()) and not data_rows(node, is_furniture)


def _weights(body: LexborNode) -> dict[int, int]:
    """Characters of text outside links in each element."""
    weights: dict[int, int] = defaultdict(int)
    for node in reversed(list(body.traverse(include_text=True))):
        if node.tag == "-text":
            weights[node.mem_id] = len((node.text_content or "").strip())
        elif node.tag in UNSEEN or node.tag == "a" or is_furniture(node):
            weights[node.mem_id] = 0
        if node.parent is not None:
            weights[node.parent.mem_id] += weights[node.mem_id]
    return weights


def _heading(body: LexborNode, container: LexborNode, title: str | None) -> LexborNode | None:
    """The last element before the container whose text is the page's title; an h1 where the page names none."""
    found: LexborNode | None = None
    for node in body.traverse(include_text=True):
        if node.mem_id == container.mem_id:
            return found
        if (title is None and node.tag == "h1") or (node.tag == "-text" and title and _is_title(node, title)):
            found = node if node.tag == "h1" else node.parent
    return None


def _is_title(text: LexborNode, title: str) -> bool:
    own = "".join((text.text_content or "").split())
    if len(own) < 6 or own not in "".join(title.split()):
        return False
    return not any(above.tag in UNSEEN or above.tag == "a" or is_furniture(above) for above in _ancestors(text))


def _cut_out(heading: LexborNode, container: LexborNode) -> LexborNode:
    """The part of the page from heading to container: what stands before and after is taken out of the tree."""
    region = _common([heading, container])
    for node in _path(heading, region):
        while (before := node.prev) is not None:
            before.decompose()
    for node in _path(container, region):
        while (after := node.next) is not None:
            after.decompose()
    return region


def _path(node: LexborNode, top: LexborNode) -> list[LexborNode]:
    """The node and what is above it, below top."""
    path: list[LexborNode] = []
    while node.mem_id != top.mem_id and node.parent is not None:
        path.append(node)
        node = node.parent
    return path
