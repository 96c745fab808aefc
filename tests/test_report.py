"""The pages as files: whole, small, closed to everything from outside, true to the text whatever it holds."""

from __future__ import annotations

import hashlib
import json
import re
from base64 import b64encode
from decimal import Decimal
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from extractor.attainment import attainment
from extractor.extractor import extract
from extractor.report import index, page, report
from extractor.report.rendering import said, words
from extractor.report.text_view import lines

CORPUS = Path(__file__).parents[1] / "corpus"
RELEASES = sorted(CORPUS.glob("*.txt"))
LARGEST = 200_000
HOSTILE = (
    "<script>alert(1)</script>市2023年民生实事\n"
    "一、</p><img src=x onerror=alert(1)>改造(市定)\n"
    "改造\"'><svg onload=alert(1)>小区20个,完成年度目标的90%。</script><!--\n"
    "二、{{ 7*7 }}{% raw %}&lt;b&gt;\u2028\u202e工程(市定)\n"
    "新建javascript:alert(1)厕所𠀀30座,<b>同比</b>增长5%。]]>\n"
)


class Page(HTMLParser):
    """A page as a browser sees it: its elements with their attributes, and the text of each element kind."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: dict[str, list[str]] = {}
        self._open: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        self._open.append(tag)
        self.texts.setdefault(tag, []).append("")

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        if self._open:
            self.texts[self._open[-1]][-1] += data

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]


def article(html: str) -> list[str]:
    """The lines of the text as a browser shows them."""
    inner = html.partition('<article lang="zh-CN">')[2].partition("</article>")[0]
    return ["".join(_Text(part).parts) for part in re.findall(r"<p data-s=.*?</p>", inner, re.DOTALL)]


class _Text(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.feed(html)

    def handle_data(self, data: str) -> None:
        self.parts.append(data)


def made(text: str, name: str = "a.txt") -> tuple[dict[str, Any], str]:
    record = extract(text, name=name).to_dict()
    return record, report(record, text)


@pytest.fixture(scope="module", params=RELEASES, ids=lambda path: path.stem)
def release(request: pytest.FixtureRequest) -> tuple[str, dict[str, Any], str]:
    text = request.param.read_text(encoding="utf-8")
    return text, *made(text, request.param.name)


def test_a_page_is_small(release: tuple[str, dict[str, Any], str]) -> None:
    assert len(release[2].encode()) < LARGEST


def test_a_page_shows_every_character_of_the_text(release: tuple[str, dict[str, Any], str]) -> None:
    text, _, html = release
    assert article(html) == [line for line in text.split("\n") if line.strip()]


def test_every_numeral_and_figure_is_there_once(release: tuple[str, dict[str, Any], str]) -> None:
    _, record, html = release
    seen = Page(html)
    marks = [(int(mark["data-n"] or -1), mark["class"], mark.get("data-f")) for mark in seen.all("mark")]
    told = [(at, f"r-{n['role']}", n["figure"]) for at, n in enumerate(record["numerals"])]
    # a numeral that a line break cuts is marked on both lines
    assert [mark for at, mark in enumerate(marks) if at == 0 or marks[at - 1] != mark] == told
    rows = [row["data-f"] for row in seen.all("tr") if "data-f" in row]
    ids = [f["id"] for f in record["figures"]] + [f["id"] for p in record["projects"] for f in p["figures"]]
    assert rows == ids
    assert "".join(seen.texts["h1"]) == (record["title"] or record["source"]["name"])


def test_the_page_refers_to_nothing_outside(release: tuple[str, dict[str, Any], str]) -> None:
    seen = Page(release[2])
    named = [value for _, attributes in seen.elements for name, value in attributes.items() if name in ("src", "href")]
    assert named == ["#main"]
    assert not [tag for tag, _ in seen.elements if tag in ("link", "img", "iframe", "object", "base")]
    assert not re.search(r"url\(|@import|fetch\(|XMLHttpRequest|eval\(|innerHTML|document\.write", release[2])


def test_style_and_script_are_the_ones_that_the_policy_allows(release: tuple[str, dict[str, Any], str]) -> None:
    seen = Page(release[2])
    (policy,) = [meta["content"] or "" for meta in seen.all("meta") if meta.get("http-equiv")]
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    assert rules["default-src"] == "'none'"
    (style,) = seen.texts["style"]
    data, script = seen.texts["script"]
    for name, content in (("style-src", style), ("script-src", script)):
        assert rules[name] == f"'sha256-{b64encode(hashlib.sha256(content.encode()).digest()).decode()}'"
    # what the policy would block anyway is not there
    assert not [a for _, attributes in seen.elements for a in attributes if a == "style" or a.startswith("on")]
    json.loads(data)


def test_the_policy_stands_before_what_it_governs(release: tuple[str, dict[str, Any], str]) -> None:
    html = release[2]
    assert html.index("Content-Security-Policy") < html.index("<style>") < html.index("<script")


def test_the_same_release_gives_the_same_page() -> None:
    assert made(HOSTILE)[1] == made(HOSTILE)[1]


def test_hostile_text_is_text() -> None:
    record, html = made(HOSTILE, name="</title><script>alert(2)</script>.txt")
    assert article(html) == [line for line in HOSTILE.split("\n") if line.strip()]
    seen = Page(html)
    assert len(seen.all("script")) == 2
    assert not seen.all("img")
    assert "onload" not in {name for _, attributes in seen.elements for name in attributes}
    data = json.loads(seen.texts["script"][0])
    assert data["source"]["name"] == "</title><script>alert(2)</script>.txt"
    assert "49" not in seen.texts["p"]
    assert record["projects"], "the release is read all the same"


def test_an_empty_release_has_a_page() -> None:
    assert "没有未解释的数字" in made("")[1]


def test_the_text_has_to_be_the_records_own() -> None:
    record, _ = made("改造小区20个。")
    with pytest.raises(ValueError, match="the text has 3 characters"):
        report(record, "20个")


def test_numbers_reach_the_page_exactly() -> None:
    text = "投入资金12345678901234567.89元,完成投资9007199254740993元。"
    _, html = made(text)
    told = {figure["value"] for figure in json.loads(Page(html).texts["script"][0])["figures"]}
    assert told == {"12345678901234567.89", "9007199254740993"}
    assert "12,345,678,901,234,567.89" in html


def test_what_is_to_be_checked_comes_first_errors_before_the_rest() -> None:
    text = (CORPUS / "chongqing-2022-furniture.txt").read_text(encoding="utf-8")
    record, html = made(text)
    record["numerals"][5] |= {"role": "unexplained", "figure": None}
    html = report(record, text)
    tasks = [item for item in Page(html).all("button") if item.get("data-do") == "task"]
    severities = re.findall(r'<i class="flag (\w+)"></i><span class="name">', html)
    assert len(tasks) == len(severities) >= 2
    assert severities == sorted(severities, key=["error", "warning", "unexplained"].index)
    assert html.index('class="todo"') < html.index('id="table"')


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_word_is_said_in_the_language_asked_for(language: str) -> None:
    record, _ = made(HOSTILE)
    seen = Page(report(record, HOSTILE, language=language))
    (html,) = seen.all("html")
    assert html["lang"] == {"zh": "zh-CN", "en": "en"}[language]
    for tag, attributes in seen.elements:
        if tag == "button" and attributes.get("data-do") == "help":
            assert attributes["title"] == said("help", language)


def test_every_word_is_used_and_every_one_used_is_there() -> None:
    folder = Path(__file__).parents[1] / "src" / "extractor" / "report"
    used = "".join(path.read_text("utf-8") for kind in ("templates", "assets") for path in (folder / kind).iterdir())
    told = {key for key in words() if "." not in key} - {"appears", "disappears"}  # named by a side's state
    assert {key for key in told if not re.search(rf"['\"]{key}['\"]", used)} == set()
    asked = re.findall(r"""(?:\bt|word|say|button)\((?:"\w+", )?['"](\w+)['"][,)]""", used)
    assert {key for key in asked if key not in words()} == set()


def test_line_breaks_inside_a_numeral() -> None:
    text = "投资3291.3\n万元。"
    numeral = {"text": "3291.3\n万元", "span": [2, 11], "role": "figure", "figure": "r.f1"}
    found = list(lines({"numerals": [numeral], "projects": []}, text))
    assert [[(piece.text, piece.numeral) for piece in line.pieces] for line in found] == [
        [("投资", None), ("3291.3", 0)],
        [("万元", 0), ("。", None)],
    ]


ATTAINED: dict[str, str | None] = {
    "改造小区20个,完成年度目标的90%": "90 stated short",
    "改造小区20个,完成年度目标的120%": "120 stated met",
    "计划改造小区20个,实际改造小区25个": "125.0 computed met",
    "计划改造小区30个,实际改造小区20个": "66.7 computed short",
    "覆盖率达到90%,高于目标5个百分点": "None stated met",
    "改造小区20个": None,
    "计划改造小区20个": None,
}


@pytest.mark.parametrize("text", ATTAINED)
def test_how_far_a_figure_is_from_its_target(text: str) -> None:
    (figure, *_) = extract(text + "。", name="a.txt").to_dict()["figures"]
    found = attainment(figure, text)
    told = found and f"{found.percent} {'stated' if found.stated else 'computed'} {'met' if found.met else 'short'}"
    assert told == ATTAINED[text]


@pytest.mark.parametrize(
    ("text", "met"), [("控制在5%以内", True), ("不超过5%", True), ("目标5%", False), ("低于5%", True)]
)
def test_an_upper_limit_is_met_from_below(text: str, met: bool) -> None:
    at = text.index("5%")
    figure = {
        "promised": False, "completion": None, "margin": None, "value": Decimal(3), "value_max": None,
        "target": {"value": 5, "origin": "stated", "text": "5%", "span": [at, at + 2]},
    }  # fmt: skip
    found = attainment(figure, text)
    assert found is not None
    assert found.met is met


def indexed(*texts: str) -> str:
    records = [extract(text, name=f"{at}.txt").to_dict() for at, text in enumerate(texts)]
    return index([page(r, text, f"{at}.html") for at, (r, text) in enumerate(zip(records, texts, strict=True))])


def test_an_index_leads_to_every_release_and_adds_up() -> None:
    texts = [path.read_text(encoding="utf-8") for path in RELEASES[:4]]
    records = [extract(text, name=path.name).to_dict() for text, path in zip(texts, RELEASES, strict=False)]
    html = index([page(r, text, f"{at}.html") for at, (r, text) in enumerate(zip(records, texts, strict=True))])
    seen = Page(html)
    assert {"0.html", "1.html", "2.html", "3.html"} <= {link["href"] for link in seen.all("a")}
    figures = sum(len(r["figures"]) + sum(len(p["figures"]) for p in r["projects"]) for r in records)
    assert re.search(rf'<th scope="row">.*?</th>(?:<td>.*?</td>)*.*?<td class="number">{figures}</td>', html)


def test_an_index_shows_years_side_by_side_and_draws_what_is_shared() -> None:
    first = "南阳市2023年民生实事\n一、停车场(市定)\n新增停车泊位2000个。\n二、供热(市定)\n铺设供热管网30公里。\n"
    second = "南阳市2024年民生实事\n一、停车场(市定)\n新增停车泊位2500个。\n二、供热(市定)\n铺设供热管网18600米。\n"
    html = indexed(first, second)
    assert html.count("<polyline") == 2
    assert "+500" in html
    assert "−11,400" in html
    assert "18.6" in html, "drawn in one unit"


def test_bars_stand_for_one_year() -> None:
    texts = [
        f"{city}2023年民生实事\n一、停车场(市定)\n新增停车泊位{n}个。\n" for city, n in (("南阳市", 20), ("信阳市", 40))
    ]
    html = indexed(*texts)
    assert "<polyline" not in html
    assert 'width="50.0"' in html
    assert 'width="100.0"' in html


def test_an_index_of_hostile_releases() -> None:
    seen = Page(indexed(HOSTILE, HOSTILE.replace("2023", "2024")))
    assert len(seen.all("script")) == 2
    assert not seen.all("img")


def test_an_index_of_nothing() -> None:
    assert "没有一个指标出现在两份发布稿中" in index([])
