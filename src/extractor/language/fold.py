"""One spelling for characters that mean the same, position by position.

Full-width letters, digits and punctuation become half-width, brackets and quotation marks one pair each, blanks of all
kinds a space, a tab the edge of a table's cell, traditional characters simplified ones.
``len(fold(text)) == len(text)``, so that spans hold.
"""

from __future__ import annotations

import re

from extractor.language.expression import expression, plain
from extractor.language.traditional import simplify

_PAIRS = {
    "　": " ", "\xa0": " ", "\u2002": " ", "\u2003": " ", "\u2009": " ", "\u202f": " ", "\t": "|", "\ufeff": " ",
    "\r": " ", "\u200b": " ", "\x0b": "\n", "\x0c": "\n", "\x85": "\n", "\u2028": "\n", "\u2029": "\n",
    "〔": "[", "〕": "]", "﹝": "[", "﹞": "]", "［": "[", "］": "]",
    "「": "“", "」": "”", "『": "“", "』": "”", "〝": "“", "〞": "”", "‘": "“", "’": "”",
    "∶": ":", "︰": ":", "﹕": ":", "､": "、", "﹑": "、", "。": "。", "｡": "。", "．": ".", "﹒": ".", "﹪": "%",
    "–": "—", "―": "—", "─": "—", "－": "-", "﹣": "-", "‐": "-", "‑": "-", "−": "-", "～": "~", "〜": "~", "∼": "~",
    "〇": "零", "○": "○", "•": "·", "・": "·", "‧": "·", "／": "/", "﹐": ",", "﹔": ";", "￥": "¥",
}  # fmt: skip
_PAIRS |= {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F) if chr(code) not in _PAIRS}
_PAIRED = plain(f"[{re.escape(''.join(_PAIRS))}]")
# The private use area marks quantities in a row of words; a text's own private characters must not look like them.
# Halves of surrogate pairs are no characters at all.
_PRIVATE = expression("[\ud800-\uf8ff]")
_LABEL = plain(r"(?m)^( *)\[([^\[\]\d\n]{2,6})\]")  # [任务] at the head of a line labels it, as 【任务】 does


def fold(text: str) -> str:
    """The text in one spelling, of the same length."""
    folded = simplify(text)
    for char in set(_PAIRED.findall(folded)):
        folded = folded.replace(char, _PAIRS[char])
    folded = folded.replace("**", "  ")  # bold print
    if "[" in folded:
        folded = _LABEL.sub(r"\1【\2】", folded)
    return _PRIVATE.sub("\ufffd", folded)
