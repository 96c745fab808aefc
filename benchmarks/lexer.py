"""Time the reading of numerals against ``jieba.lcut`` of the same text in the same run.

    python benchmarks/lexer.py [FILE…] [--rounds 100] [--masks]

Prints how long the rule pack takes to load in a fresh process; for each FILE (all releases of the corpus without one),
and for 2 MB of them, how many times as long the lexer takes as jieba takes to cut the same text into words; and for
texts that have no end, the time for one character and how many times as long four times the text takes (4 is linear).
--masks also prints what each mask costs on all the texts together.  The least of all rounds counts.
"""

from __future__ import annotations

import argparse
import logging
import subprocess
import sys
from pathlib import Path

import jieba
from timing import seconds

from extractor.language.fold import fold
from extractor.language.pack import load_pack
from extractor.language.quantity import Lexer
from extractor.language.spelling import shape_of

CORPUS = Path(__file__).parents[1] / "corpus"
LARGE = 2_000_000  # bytes
ENDLESS = {
    "digits": "1",
    "numerals": "一",
    "quotation marks": "“",
    "brackets": "(",
    "slogans": "“三",
    "thousands": "1,",
    "ranges": "1-",
    "sums": "1元1角",
    "multipliers": "三百",
    "dates": "[2023]",
    "telephones": "电话1",
    "marks": "\n一、",
}
LOAD = (
    "import time, extractor.language.pack as pack; start = time.perf_counter(); pack.load_pack();"
    "print(time.perf_counter() - start)"
)


def loading(rounds: int = 5) -> float:
    """The least time, in seconds, in which a fresh process loads the built-in pack."""
    return min(float(subprocess.run([sys.executable, "-c", LOAD], capture_output=True, check=True).stdout)
               for _ in range(rounds))  # fmt: skip


def compare(name: str, text: str, lexer: Lexer, rounds: int) -> None:
    read, cut = seconds(lambda: lexer.read(text), rounds), seconds(lambda: jieba.lcut(text), rounds)
    print(f"{name:32} {len(text):9,} characters {read * 1e3:9.2f} ms {read / cut:6.2f} × jieba")


def endless(lexer: Lexer) -> None:
    for name, part in ENDLESS.items():
        whole = part * (1_000_000 // len(part))
        quarter = whole[: len(whole) // 4]
        once, four = seconds(lambda: lexer.read(quarter)), seconds(lambda: lexer.read(whole))  # noqa: B023
        print(f"{name:32} {four / len(whole) * 1e6:9.2f} µs a character {four / once:6.1f} × for 4 × the text")


def masks(texts: list[str]) -> None:
    costs = []
    for mask in load_pack().masks:
        tried = [text for text in texts if not mask.trigger or any(one in shape_of(text) for one in mask.trigger)]
        cost = sum(seconds(lambda: list(mask.spans(text)), 5) for text in tried)  # noqa: B023
        costs.append((cost, f"{mask.name:32} {cost * 1e3:9.2f} ms, tried on {len(tried)} of {len(texts)} texts"))
    print(*(line for _, line in sorted(costs, reverse=True)), sep="\n")


def main() -> None:
    """Print one line for each text."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path, help="UTF-8 texts")
    parser.add_argument("--rounds", type=int, default=100, help="how often each text is read")
    parser.add_argument("--masks", action="store_true", help="what each mask costs")
    asked = parser.parse_args()
    jieba.setLogLevel(logging.ERROR)
    jieba.initialize()
    lexer = Lexer(load_pack())
    files = asked.files or sorted(CORPUS.glob("*.txt"))
    texts = {path.stem: fold(path.read_text("utf-8")) for path in files}

    print(f"loading the pack: {loading() * 1e3:.0f} ms")
    for name, text in texts.items():
        compare(name, text, lexer, asked.rounds)
    joined = "\n".join(texts.values())
    compare("2 MB", joined * (LARGE // len(joined.encode()) + 1), lexer, 1)
    compare("2 MB in one line", joined.replace("\n", "") * (LARGE // len(joined.encode()) + 1), lexer, 1)
    endless(lexer)
    if asked.masks:
        masks(list(texts.values()))


if __name__ == "__main__":
    main()
