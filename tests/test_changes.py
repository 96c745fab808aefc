"""A change of a release's text moves only what it should: other digits, a blank line, a line of the page."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import extractor
from extractor.model import Figure, Span
from extractor.record.release import Release

CORPUS = {
    path.stem: path.read_bytes().decode("utf-8")
    for path in sorted((Path(__file__).parents[1] / "corpus").glob("*.txt"))
}
SERVING = ("completion", "target", "margin", "previous")
by_release = pytest.mark.parametrize("name", CORPUS)


def known(reason: str) -> pytest.MarkDecorator:
    return pytest.mark.xfail(reason=reason, strict=True)


def figures(release: Release) -> list[Figure]:
    return [figure for project in release.projects for figure in project.figures] + [*release.figures]


def renumbered(text: str, release: Release, digits: str) -> str:
    """The text with its digits 1 to 9 exchanged where they are the number of a figure, not the base of its unit.

    Ranges stay: with other digits they might fall instead of rise, and be none.
    """
    wide = {ord(digit): ord(digit) + 0xFEE0 for digit in "123456789"}
    exchange = str.maketrans("123456789" + "123456789".translate(wide), digits + digits.translate(wide))
    exchanged = [*text]
    ranges = {figure.span for figure in figures(release) if figure.value_max is not None}
    for numeral in release.numerals:
        if numeral.role in ("figure", *SERVING) and numeral.span not in ranges:
            number = re.split(r"[/／:：∶]", numeral.text)[0]
            start = numeral.span.start
            exchanged[start : start + len(number)] = number.translate(exchange)
    return "".join(exchanged)


def structure(release: Release) -> Any:
    """What a release says, its numbers left out, and what follows from them: derived targets, checks."""

    def unnumbered(value: Any) -> Any:
        if isinstance(value, dict):
            return {name: value[name] if name in ("id", "published") else unnumbered(value[name]) for name in value}
        if isinstance(value, list):
            return [unnumbered(part) for part in value]
        if isinstance(value, Decimal):
            return Decimal(0)
        return re.sub(r"\d", "0", value) if isinstance(value, str) else value

    record = release.to_dict()
    for figure in [figure for project in record["projects"] for figure in project["figures"]] + record["figures"]:
        if figure["target"] and figure["target"]["origin"] == "derived":
            figure["target"] = None
    return unnumbered({**record, "source": None, "checks": None})


@by_release
@pytest.mark.parametrize("digits", ["234567891", "918273645", "567891234"])
def test_other_digits_change_only_values(digits: str, name: str) -> None:
    release = extractor.extract(CORPUS[name])
    other = renumbered(CORPUS[name], release, digits)
    assert other != CORPUS[name] or not any(re.search(r"\d", figure.surface) for figure in figures(release))
    assert structure(extractor.extract(other)) == structure(release)


def moved(value: Any, at: int, length: int) -> Any:
    """A record as it is when so many characters come in at a place."""
    if isinstance(value, Span):
        start, end = value
        return Span(start + length if start >= at else start, end + length if end > at else end)
    if isinstance(value, tuple):
        parts = [moved(part, at, length) for part in value]
        return type(value)(*parts) if hasattr(value, "_fields") else tuple(parts)
    return value


def between_paragraphs(text: str) -> list[int]:
    """Some places where a line begins that does not go on with the sentence of the one before."""
    places = [0, *(match.end() for match in re.finditer(r"[。！\n]\n", text))]
    return places[:: 1 + len(places) // 3]


def added(text: str, line: str, places: list[int]) -> list[tuple[Any, Any]]:
    """For each place, what the release is expected to say with the line in it, and what it does say."""
    release = extractor.extract(text)
    pairs = []
    for at in places:
        wanted = moved(release, at, len(line))
        found = extractor.extract(text[:at] + line + text[at:])
        pairs.append((wanted[2:], found[2:]))
    return pairs


@by_release
@pytest.mark.parametrize("line", ["\n", "\u3000\u3000\n"], ids=["empty", "of blanks"])
def test_a_blank_line_moves_nothing_but_spans(line: str, name: str) -> None:
    for wanted, found in added(CORPUS[name], line, between_paragraphs(CORPUS[name])):
        assert found == wanted


PAGE = ("【打印本页】 【关闭窗口】\n", "责任编辑：王小明\n")


@by_release
def test_a_line_of_the_page_moves_nothing_but_spans(name: str) -> None:
    text = CORPUS[name] if CORPUS[name].endswith("\n") else CORPUS[name] + "\n"
    for line in PAGE:
        for wanted, found in added(text, line, [0, len(text)]):
            assert found == wanted


LIST = "一、建学校\n新建学校3所。\n二、修路\n修路5公里。\n三、种树\n种树3棵。\n"


@known("a line of the page ends the project that it stands in")
def test_a_line_of_the_page_inside_a_project() -> None:
    for line in PAGE:
        for wanted, found in added(LIST, line, [at for at, character in enumerate(LIST, 1) if character == "\n"]):
            assert found == wanted


@pytest.mark.parametrize("line", ["— 3 —\n", "第3页 共12页\n"])
def test_a_page_number_is_no_figure(line: str) -> None:
    at = LIST.index("二、")
    found = extractor.extract(LIST[:at] + line + LIST[at:]).numerals
    assert {numeral.role for numeral in found if at <= numeral.span.start < at + len(line)} == {"layout"}
