"""Time extraction against ``jieba.lcut`` of the same text in the same run.

    python benchmarks/extract.py [--rounds 30]

Prints, for every release of the corpus together and for one text of 2 MB, how many times as long extraction takes as
jieba takes to cut the same text into words; and for lines that have no end, how many times as long twice the text
takes (2 is linear).  The least of all rounds counts, so that a busy machine does not.
"""

from __future__ import annotations

import argparse
import logging
from pathlib import Path

import jieba
from timing import seconds

from extractor import Extractor

CORPUS = Path(__file__).parents[1] / "corpus"
ENDLESS = {
    "digits": "1",
    "numerals": "一百",
    "quantities": "新建学校3所、",
    "rates": "完成率为100%，",
    "plans": "计划新建3所，",
    "targets": "目标：3所",
    "lists": "建成3所、5公里、",
    "shares": "分别为3所、",
    "brackets": "（",
    "closed brackets": "3所）",
    "ranges": "1-",
    "labels": "占比：完成目标的90%。",
    "declared": "共3件实事，",
    "handed on": "将权限下放给，",
    "blanks": " ",
    "words": "建设",
}


def main() -> None:
    """Print one line for each ratio."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=30, help="how often the corpus is read")
    rounds = parser.parse_args().rounds
    jieba.setLogLevel(logging.ERROR)
    jieba.initialize()
    extractor = Extractor()
    texts = [path.read_text("utf-8") for path in sorted(CORPUS.glob("*.txt"))]

    cut = sum(seconds(lambda: jieba.lcut(text), rounds) for text in texts)  # noqa: B023
    read = sum(seconds(lambda: extractor.extract(text), rounds) for text in texts)  # noqa: B023
    checked = sum(seconds(lambda: extractor.extract(text).to_json(), rounds) for text in texts)  # noqa: B023
    size = sum(map(len, texts))
    print(f"corpus: {len(texts)} releases, {size} characters")
    print(f"  extraction               {read / cut:5.2f} × jieba  ({len(texts) / read * 60:,.0f} releases a minute)")
    print(
        f"  with record, checked     {checked / cut:5.2f} × jieba  ({len(texts) / checked * 60:,.0f} releases a minute)"
    )

    whole = "\n".join(texts)
    large = (whole + "\n") * (2_000_000 // len(whole.encode()) + 1)
    long_cut, long_read = (seconds(lambda: work(large), 1) for work in (jieba.lcut, extractor.extract))  # noqa: B023
    print(f"one text of {len(large.encode()) / 1e6:.1f} MB")
    print(f"  extraction               {long_read / long_cut:5.2f} × jieba  ({long_read:.1f} s)")

    print("a line without end: 500 kB, then 1 MB")
    for name, part in ENDLESS.items():
        half = part * (500_000 // len(part.encode()))
        once, twice = (seconds(lambda: extractor.extract(line), 1) for line in (half, half + half))  # noqa: B023
        print(f"  {name:24} {twice / once:5.2f} × for twice the text  ({twice:.2f} s)")


if __name__ == "__main__":
    main()
