"""What belongs to a site and not to the release on its page: navigation, sharing, neighbours, footers, hidden parts."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborNode

_TAGS = frozenset(("nav", "footer", "aside"))
_NAMES = re.compile(
    r"(?:^|[^a-z])(?:nav|navbar|menu|crumbs?|breadcrumbs?|dqwz|weizhi|location|bdshare\w*|share\w*|prev|next|sxp|syp"
    r"|pre_?next|pagination|foot|footer|copyright|toolbar|tools|fontsize|sidebar|search|login|ewm|qrcode|related|xgwd"
    r"|xglj|topbar|banner|dayin|print)(?:$|[^a-z])"
)
_HIDDEN = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)")
_SHORT = 200
_NEIGHBOUR = re.compile(
    r"\s*(?:[上下]一[篇条页则]|相关(?:链接|文章|阅读)|[您你]?(?:现在的|当前的?|所在){1,2}位置)\s*[：:].*"
)
_NAMES_OF_BUTTONS = """
    打印 打印本页 打印此页 打印文章 关闭 关闭窗口 关闭本页 返回 返回顶部 返回列表 收藏 分享 分享到 分享到： 微信 微博
    QQ空间 扫一扫在手机打开当前页 我要纠错 纠错
"""
_BUTTONS = frozenset(_NAMES_OF_BUTTONS.split())
_SEPARATORS = re.compile(r"[\s|【】\[\]/]+")


def is_furniture(node: LexborNode) -> bool:
    """Navigation, sharing, footer, hidden parts: by tag, by style, by a telling class where there is little text."""
    if node.tag in _TAGS:
        return True
    attributes = node.attributes
    if not attributes:
        return False
    if "hidden" in attributes or _HIDDEN.search((attributes.get("style") or "").lower()):
        return True
    names = f"{attributes.get('class') or ''} {attributes.get('id') or ''}".lower()
    return len(names) > 2 and _NAMES.search(names) is not None and _is_slight(node)


def _is_slight(node: LexborNode) -> bool:
    """Short, or mostly links."""
    text = len(node.text().strip())
    return text < _SHORT or sum(len(link.text()) for link in node.css("a")) * 2 > text


def without_buttons(lines: list[str]) -> list[str]:
    """The lines but those that only lead elsewhere or name buttons: 上一篇：…, 打印 关闭."""
    return [line for line in lines if not _NEIGHBOUR.fullmatch(line) and not _is_buttons(line)]


def _is_buttons(line: str) -> bool:
    words = [word for word in _SEPARATORS.split(line) if word]
    return bool(words) and all(word in _BUTTONS for word in words)
