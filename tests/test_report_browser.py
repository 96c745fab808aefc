"""The pages in a browser, used as a person uses them.

Skipped where there is no Chromium with its driver (Debian: chromium, chromium-driver).
"""

from __future__ import annotations

import json
import os
import shutil
import time
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from extractor.corrections import apply
from extractor.corrections.file import parse
from extractor.extractor import extract
from extractor.model import Figure
from extractor.record.release import Release
from extractor.report import index, page, report

selenium = pytest.importorskip("selenium")
from selenium import webdriver  # noqa: E402
from selenium.webdriver.common.by import By  # noqa: E402
from selenium.webdriver.common.keys import Keys  # noqa: E402
from selenium.webdriver.remote.webelement import WebElement  # noqa: E402
from selenium.webdriver.support.ui import Select, WebDriverWait  # noqa: E402

DRIVER, BROWSER = shutil.which("chromedriver"), shutil.which("chromium") or shutil.which("google-chrome")
pytestmark = pytest.mark.skipif(not (DRIVER and BROWSER), reason="no Chromium with its driver")
CORPUS = Path(__file__).parents[1] / "corpus"
WIDTH, HEIGHT = 1400, 900
TEXT = (
    "南阳市2024年民生实事\n"
    "一、建设充电桩(市定)\n"
    "全市建成充电桩120个，完成年度目标的120%，10千伏线路改造完成。\n"
    "二、改造老旧小区(市定)\n"
    "改造老旧小区30个，惠及居民4000户，满意率95%，高于目标5个百分点。总投资𠀀3.5亿元，完成计划的90%。\n"
)


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[webdriver.Chrome]:
    options = webdriver.ChromeOptions()
    options.binary_location = BROWSER or ""
    for argument in ("--headless=new", "--disable-gpu", "--disable-dev-shm-usage", "--lang=zh-CN"):
        options.add_argument(argument)
    if os.geteuid() == 0:
        options.add_argument("--no-sandbox")
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(DRIVER))
    yield driver
    driver.quit()


class Reviewer:
    """A person in front of a page."""

    def __init__(self, browser: webdriver.Chrome, folder: Path, probes: Path) -> None:
        self.browser = browser
        self.probes = probes
        self.folder = folder
        self.size(WIDTH, HEIGHT)
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "", "features": []})
        browser.execute_cdp_cmd("Browser.setDownloadBehavior", {"behavior": "allow", "downloadPath": str(folder)})

    def size(self, width: int, height: int) -> None:
        metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600}
        self.browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)

    def open(self, html: str, name: str = "page.html") -> None:
        (self.folder / name).write_text(html, encoding="utf-8")
        self.go(name)
        self.browser.execute_script("localStorage.clear()")
        self.go(name)

    def go(self, name: str) -> None:
        self.browser.get((self.folder / name).as_uri())

    def one(self, selector: str) -> WebElement:
        return self.browser.find_element(By.CSS_SELECTOR, selector)

    def all(self, selector: str) -> list[WebElement]:
        return self.browser.find_elements(By.CSS_SELECTOR, selector)

    def click(self, selector: str) -> None:
        self.one(selector).click()

    def type(self, keys: str) -> None:
        self.browser.switch_to.active_element.send_keys(keys)

    def fill(self, selector: str, text: str) -> None:
        field = self.one(selector)
        field.clear()
        field.send_keys(text)

    def choose(self, selector: str, value: str) -> None:
        Select(self.one(selector)).select_by_value(value)

    def script(self, code: str, *arguments: object) -> Any:
        return self.browser.execute_script(code, *arguments)

    def probe(self, name: str, *arguments: object) -> Any:
        """What a script of the test's folder gives."""
        return self.script((self.probes / f"{name}.js").read_text("utf-8"), *arguments)

    def shown(self, selector: str) -> list[str]:
        return [element.text for element in self.all(selector) if element.is_displayed()]

    def painted(self) -> dict[str, str]:
        """The characters that are painted in the text, by field."""
        found: dict[str, str] = {}
        for element in self.all("article .hl"):
            name = element.get_attribute("data-field") or ""
            found[name] = found.get(name, "") + str(element.get_property("textContent"))
        return found

    def saved(self) -> dict[str, Any]:
        """What the page saves."""
        for old in self.folder.glob("*.corrections.json"):
            old.unlink()
        self.click("[data-do=save]")
        files = WebDriverWait(self.browser, 10).until(lambda _: [*self.folder.glob("*.corrections.json")])
        time.sleep(0.1)
        content: dict[str, Any] = json.loads(files[0].read_bytes())
        return content

    def faults(self) -> list[str]:
        """What the browser complained of."""
        return [
            entry["message"] for entry in self.browser.get_log("browser") if entry["level"] in ("SEVERE", "WARNING")
        ]


@pytest.fixture
def reviewer(browser: webdriver.Chrome, tmp_path: Path, datadir: Path) -> Iterator[Reviewer]:
    person = Reviewer(browser, tmp_path, datadir)
    yield person
    assert person.faults() == []
    browser.execute_script("if (typeof dirty !== 'undefined') dirty = false")  # or it would ask before it leaves
    browser.get("about:blank")


@pytest.fixture
def release() -> Release:
    return extract(TEXT, name="a.txt")


@pytest.fixture
def at_work(reviewer: Reviewer, release: Release) -> Reviewer:
    """A reviewer with the page of the release."""
    reviewer.open(report(release.to_dict(), TEXT))
    return reviewer


def corrected(release: Release, saved: dict[str, Any]) -> Release:
    """The release as the saved corrections make it, all of which fit."""
    new = apply(release, TEXT, parse(json.dumps(saved), "saved"))
    assert [check.message for check in new.checks if check.code == "correction-does-not-fit"] == []
    new.to_dict()
    return new


def figure(release: Release, surface: str) -> Figure:
    everything = [*release.figures, *(f for project in release.projects for f in project.figures)]
    return next(f for f in everything if f.surface == surface)


def row(release: Release, surface: str) -> str:
    return f'#table tr[data-f="{figure(release, surface).id}"]'


def mark(surface: str) -> str:
    """The selector of the numeral that begins with these characters."""
    return f'mark[data-n="{[n.text for n in extract(TEXT).numerals].index(surface)}"]'


@pytest.mark.parametrize("name", ["nanyang-2023", "chongqing-2022-furniture"])
def test_every_figure_shows_the_characters_of_its_fields(name: str, reviewer: Reviewer) -> None:
    text = (CORPUS / f"{name}.txt").read_text(encoding="utf-8")
    record = extract(text, name=f"{name}.txt").to_dict()
    reviewer.open(report(record, text))
    for project in record["projects"]:
        for told in project["figures"]:
            reviewer.script("point(arguments[0], {pin: true})", told["id"])
            spans = {
                one["field"]: sorted(map(tuple, one["spans"]))
                for one in told["trace"]
                if one["field"] not in ("value", "unit")
            }
            expected = {
                field: "".join(text[slice(*span)] for span in of).replace("\n", "") for field, of in spans.items()
            }
            assert reviewer.painted() == expected | {"value": told["surface"].replace("\n", "")}


def test_pointing_at_a_numeral_shows_its_row_and_back(at_work: Reviewer, release: Release) -> None:
    at_work.click(mark("30个"))
    assert "on" in (at_work.one(row(release, "30个")).get_attribute("class") or "")
    assert at_work.painted()["indicator"] == "老旧小区"
    assert "老旧小区" in at_work.one("#fields").text
    at_work.click(row(release, "120个"))
    assert at_work.painted()["completion"] == "120%"
    assert [element.text for element in at_work.all("mark.on")] == ["120个", "120%"]


def test_a_numeral_of_a_relation_leads_to_its_figure(at_work: Reviewer, release: Release) -> None:
    at_work.click(mark("5个百分点"))
    assert "on" in (at_work.one(row(release, "95%")).get_attribute("class") or "")


def test_characters_beyond_the_basic_plane_do_not_shift_spans(at_work: Reviewer, release: Release) -> None:
    at_work.click(row(release, "3.5亿元"))
    assert at_work.painted()["value"] == "3.5亿元"
    assert at_work.painted()["completion"] == "90%"


def test_keys(at_work: Reviewer, release: Release) -> None:
    body = at_work.one("body")
    body.send_keys("j")
    first = at_work.shown("#table tr.on b")
    at_work.type("j")
    assert at_work.shown("#table tr.on b") != first
    at_work.type("k")
    assert at_work.shown("#table tr.on b") == first
    at_work.type(Keys.ENTER)
    assert at_work.one("tr.detail").is_displayed()
    at_work.type(Keys.ESCAPE)
    assert at_work.all("tr.detail") == []
    at_work.type("/")
    assert at_work.browser.switch_to.active_element.get_attribute("id") == "find"
    at_work.type("小区" + Keys.ESCAPE)
    at_work.type("?")
    assert at_work.one("dialog").is_displayed()
    at_work.type(Keys.ESCAPE)
    assert not at_work.one("dialog").is_displayed()


def test_arrows_lead_from_numeral_to_numeral(at_work: Reviewer) -> None:
    at_work.script("document.querySelector('mark').focus()")
    at_work.type(Keys.ARROW_RIGHT)
    at_work.type(Keys.ARROW_RIGHT)
    focused = at_work.browser.switch_to.active_element
    assert focused.get_attribute("data-n") == "2"


def test_details_tell_characters_and_rule_of_every_field(at_work: Reviewer, release: Release) -> None:
    at_work.click(row(release, "120个"))
    at_work.click(row(release, "120个"))
    told = at_work.one("tr.detail").text
    for evidence in figure(release, "120个").trace:
        assert evidence.rule in told
    assert told.count("120%") == 2, "the value and its characters"


def test_filters_and_sort(at_work: Reviewer, release: Release) -> None:
    def surfaces() -> list[str]:
        return [
            element.text.split()[0] for element in at_work.all("#table tr[data-f] td.value") if element.is_displayed()
        ]

    everything = surfaces()
    at_work.fill("#find", "小区")
    assert surfaces() == ["30", "4,000", "95", "350,000,000"]
    at_work.fill("#find", "满意率")
    assert surfaces() == ["95"]
    at_work.fill("#find", "没有这样的指标")
    assert at_work.one("#no-rows").is_displayed()
    at_work.fill("#find", "x" + Keys.BACKSPACE)
    at_work.choose("#which", "below_target")
    assert surfaces() == ["350,000,000"]
    at_work.choose("#which", "has_target")
    assert surfaces() == ["120", "95", "350,000,000"]
    at_work.choose("#which", "all_figures")
    at_work.choose("#project", "0")
    assert surfaces() == ["120"]
    at_work.choose("#project", "")
    at_work.click("[data-do=role][data-role=margin]")
    assert surfaces() == ["95"]
    at_work.click("[data-do=role][data-role=margin]")
    at_work.choose("#sort", "sort_value")
    assert surfaces() == sorted(everything, key=lambda value: -Decimal(value.replace(",", "")))
    assert not any(element.is_displayed() for element in at_work.all("tr.group"))
    at_work.choose("#sort", "sort_completion")
    assert surfaces()[:2] == ["120", "350,000,000"]
    at_work.choose("#sort", "sort_text")
    assert surfaces() == everything
    assert at_work.one("[data-count=shown]").text == str(len(everything))


def edit(at_work: Reviewer, release: Release, surface: str) -> None:
    at_work.click(row(release, surface))
    at_work.type("e")


def test_a_field_is_edited_and_saved(at_work: Reviewer, release: Release) -> None:
    edit(at_work, release, "120个")
    at_work.fill("[name=indicator]", "全市建成充电桩")
    at_work.fill("[name=value]", "125.50")
    at_work.fill("[name=note]", "请市发改委核实")
    at_work.click("form.edit [type=submit]")
    assert "全市建成充电桩" in at_work.one(row(release, "120个")).text
    assert "125.50" in at_work.one(row(release, "120个")).text
    new = corrected(release, at_work.saved())
    changed = figure(new, "120个")
    assert (changed.indicator, str(changed.value), changed.rule) == ("全市建成充电桩", "125.50", "corrected")
    told = {evidence.field: evidence for evidence in changed.trace}
    assert "".join(TEXT[slice(*span)] for span in told["indicator"].spans) == "全市建成充电桩"
    assert [check.message for check in new.checks if check.code == "reviewer-note"] == ["请市发改委核实"]
    assert figure(new, "30个") == figure(release, "30个")


def test_a_figure_is_marked_wrong_and_restored(at_work: Reviewer, release: Release) -> None:
    at_work.click(row(release, "4000户"))
    at_work.type("x")
    assert "deleted" in (at_work.one(row(release, "4000户")).get_attribute("class") or "")
    assert at_work.one("[data-count=corrections]").text == "1"
    new = corrected(release, at_work.saved())
    assert [f.surface for f in new.projects[1].figures] == ["30个", "95%", "3.5亿元"]
    at_work.click("tr.detail [data-do=undo]")
    assert "deleted" not in (at_work.one(row(release, "4000户")).get_attribute("class") or "")
    assert not at_work.one("[data-do=save]").is_enabled()


def test_a_missed_figure_is_added_from_its_numeral(at_work: Reviewer, release: Release) -> None:
    at_work.click(mark("10千伏"))
    at_work.click("#numeral [data-do=add]")
    assert at_work.one("[name=value]").get_property("value") == "10"
    assert at_work.one("[name=unit]").get_property("value") == "千伏"
    at_work.fill("[name=indicator]", "线路")
    at_work.fill("[name=action]", "改造")
    at_work.click("form.edit [type=submit]")
    assert "线路" in at_work.one('#table tr[data-f^="new:"]').text
    added = figure(corrected(release, at_work.saved()), "10千伏")
    assert (added.id, added.indicator, added.action, added.value) == ("p01.f2", "线路", "改造", Decimal(10))
    assert added.unit is not None
    assert added.unit.code == "kV"


def test_an_addition_that_is_cancelled_leaves_nothing(at_work: Reviewer) -> None:
    at_work.click(mark("10千伏"))
    at_work.click("#numeral [data-do=add]")
    at_work.click("#table form.edit [data-do=cancel]")
    assert at_work.all('#table tr[data-f^="new:"]') == []
    assert at_work.one("[data-count=corrections]").text == "0"


def test_a_relation_is_taken_from_a_numeral_of_the_text(at_work: Reviewer, release: Release) -> None:
    edit(at_work, release, "30个")
    options = {
        option.text.split()[0]: option.get_attribute("value") for option in at_work.all("[name=target_at] option")
    }
    at_work.choose("[name=target_at]", options["4000户"] or "")
    assert at_work.one("[name=target]").get_property("value") == "4000"
    at_work.click("form.edit [type=submit]")
    assert "deleted" in (at_work.one(row(release, "4000户")).get_attribute("class") or "")
    new = corrected(release, at_work.saved())
    target = figure(new, "30个").target
    assert target is not None
    assert (target.value, target.text) == (Decimal(4000), "4000户")
    assert {n.text: n.role for n in new.numerals}["4000户"] == "target"


def test_what_is_selected_in_the_text_becomes_a_field(at_work: Reviewer, release: Release) -> None:
    edit(at_work, release, "120个")
    at_work.probe("select", 2, 2, 7)
    at_work.click("[data-do=take][data-name=indicator]")
    at_work.click("form.edit [type=submit]")
    (saved,) = at_work.saved()["corrections"]
    start = TEXT.index("建成充电桩")
    assert saved["fields"]["indicator"] == {"value": "建成充电桩", "spans": [[start, start + 5]]}


WRONG = {
    "数值不是数": ({"value": "很多"}, "请填写数值"),
    "变化没有方向": ({"kind": "change"}, "方向"),
    "关系没有位置": ({"previous": "3"}, "原文中的位置"),
}


@pytest.mark.parametrize(("fields", "sentence"), WRONG.values(), ids=WRONG)
def test_a_form_says_what_is_wrong_and_takes_nothing(
    fields: dict[str, str], sentence: str, at_work: Reviewer, release: Release
) -> None:
    edit(at_work, release, "30个")
    for name, value in fields.items():
        (at_work.choose if name == "kind" else at_work.fill)(f"[name={name}]", value)
    at_work.click("form.edit [type=submit]")
    assert sentence in at_work.one(".problem").text
    assert at_work.one("[data-count=corrections]").text == "0"


def test_a_numeral_is_given_a_role(reviewer: Reviewer, release: Release) -> None:
    record = release.to_dict()
    numeral = next(n for n in record["numerals"] if n["text"] == "10千伏")
    numeral |= {"role": "unexplained"}
    reviewer.open(report(record, TEXT))
    reviewer.click("[data-do=task]")
    reviewer.choose("#numeral [name=role]", "specification")
    reviewer.click("#numeral [type=submit]")
    assert "done" in (reviewer.one("[data-do=task]").get_attribute("class") or "")
    (saved,) = reviewer.saved()["corrections"]
    assert (saved["do"], saved["surface"], saved["role"]) == ("role", "10千伏", "specification")
    corrected(release, reviewer.saved())


def test_unsaved_corrections_survive_and_saved_ones_are_loaded(at_work: Reviewer, release: Release) -> None:
    at_work.click(row(release, "4000户"))
    at_work.type("x")
    saved = at_work.saved()
    at_work.go("page.html")
    assert at_work.one("[data-count=corrections]").text == "1"
    at_work.click("[data-do=list]")
    at_work.click("#corrections [data-do=undo]")
    assert at_work.one("[data-count=corrections]").text == "0"
    (at_work.folder / "again.json").write_text(json.dumps(saved), encoding="utf-8")
    at_work.script("document.getElementById('file').hidden = false")
    at_work.one("#file").send_keys(str(at_work.folder / "again.json"))
    WebDriverWait(at_work.browser, 5).until(lambda _: at_work.one("[data-count=corrections]").text == "1")
    assert at_work.saved() == saved


def test_corrections_of_another_release_are_refused(at_work: Reviewer, release: Release) -> None:
    at_work.click(row(release, "4000户"))
    at_work.type("x")
    other = at_work.saved()
    other["source"]["sha256"] = "0" * 64
    at_work.click("tr.detail [data-do=undo]")
    (at_work.folder / "other.json").write_text(json.dumps(other), encoding="utf-8")
    at_work.click("[data-do=list]")
    at_work.script("document.getElementById('file').hidden = false")
    at_work.one("#file").send_keys(str(at_work.folder / "other.json"))
    WebDriverWait(at_work.browser, 5).until(lambda _: "另一份" in at_work.one("#status").text)
    assert at_work.one("[data-count=corrections]").text == "0"


def test_two_languages(at_work: Reviewer, release: Release) -> None:
    at_work.click("[data-do=language]")
    assert at_work.one("html").get_attribute("lang") == "en"
    assert at_work.one("[data-do=save]").text.startswith("Save corrections")
    edit(at_work, release, "30个")
    assert at_work.probe("chinese") == []
    at_work.go("page.html")
    assert at_work.one("html").get_attribute("lang") == "en", "remembered"
    at_work.click("[data-do=language]")
    assert at_work.one("html").get_attribute("lang") == "zh-CN"


def test_light_and_dark(at_work: Reviewer) -> None:
    def background() -> str:
        return str(at_work.script("return getComputedStyle(document.body).backgroundColor"))

    light = background()
    dark = [{"name": "prefers-color-scheme", "value": "dark"}]
    at_work.browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": dark})
    assert background() != light
    at_work.click("[data-do=theme]")
    assert background() == light


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_stands_out_from_its_ground(scheme: str, at_work: Reviewer, release: Release) -> None:
    features = [{"name": "prefers-color-scheme", "value": scheme}]
    at_work.browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})
    edit(at_work, release, "120个")
    assert at_work.probe("readable") == []


def test_everything_that_acts_has_a_name(at_work: Reviewer, release: Release) -> None:
    edit(at_work, release, "120个")
    assert at_work.probe("nameless") == []
    ids = at_work.script("return [...document.querySelectorAll('[id]')].map(element => element.id)")
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("width", [320, 390, 700])
def test_a_phone_shows_one_pane_and_nothing_sticks_out(width: int, at_work: Reviewer, release: Release) -> None:
    at_work.size(width, 800)
    assert at_work.script("return document.documentElement.scrollWidth") <= width
    assert not at_work.one("section.text").is_displayed()
    at_work.click("[data-do=pane][data-pane=text]")
    at_work.click(mark("95%"))
    assert "满意率" in at_work.one("#fields").text
    at_work.click("[data-do=pane][data-pane=table]")
    assert "on" in (at_work.one(row(release, "95%")).get_attribute("class") or "")
    at_work.type("e")
    assert at_work.script("return document.documentElement.scrollWidth") <= width


def test_print_shows_all_and_no_controls(at_work: Reviewer) -> None:
    at_work.browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    assert at_work.one("section.text").is_displayed()
    assert at_work.one("#table").is_displayed()
    assert not at_work.one(".controls").is_displayed()
    assert not at_work.one(".tools").is_displayed()


HOSTILE = (
    "<img src=x onerror=\"document.title='hacked'\">市2023年民生实事\n"
    "一、</p><script>document.title='hacked'</script>改造(市定)\n"
    "改造\"'><svg onload=\"document.title='hacked'\">小区20个，</script>完成年度目标的90%。\n"
)


def test_hostile_text_does_nothing(reviewer: Reviewer) -> None:
    record = extract(HOSTILE, name="<b>a</b>.txt").to_dict()
    reviewer.open(report(record, HOSTILE))
    for line in reviewer.all("#table tr[data-f]"):
        line.click()
        line.click()
        reviewer.type("e")
        reviewer.type(Keys.ESCAPE)
    assert reviewer.browser.title != "hacked"
    assert reviewer.all("article img, article script, article svg") == []
    shown = [str(line.get_property("textContent")) for line in reviewer.all("article p")]
    assert shown == HOSTILE.splitlines()


def test_the_index(reviewer: Reviewer) -> None:
    pages = []
    for name in ("nanyang-2023", "nanyang-2024", "xinyang-2022-completed"):
        text = (CORPUS / f"{name}.txt").read_text(encoding="utf-8")
        record = extract(text, name=f"{name}.txt").to_dict()
        pages.append(page(record, text, f"{name}.html"))
        (reviewer.folder / f"{name}.html").write_text(report(record, text, back="index.html"), encoding="utf-8")
    reviewer.open(index(pages), "index.html")
    assert len(reviewer.all("#releases tbody tr")) == 3
    reviewer.fill("#find", "信阳")
    assert len(reviewer.shown("#releases tbody tr")) == 1
    reviewer.type(Keys.ESCAPE)
    assert len(reviewer.shown("#releases tbody tr")) == 3
    button = reviewer.one("#releases th:nth-child(6) button")
    counts: Callable[[], list[int]] = lambda: [int(text) for text in reviewer.shown("#releases tbody td:nth-child(6)")]  # noqa: E731
    button.click()
    assert counts() == sorted(counts())
    button.click()
    assert counts() == sorted(counts(), reverse=True)
    reviewer.click(".legend button")
    dimmed = {element.get_attribute("data-series") for element in reviewer.all(".grid .dim")}
    assert reviewer.one(".legend button").get_attribute("data-series") not in dimmed
    assert dimmed
    reviewer.size(390, 800)
    assert reviewer.script("return document.documentElement.scrollWidth") <= 390
    reviewer.size(WIDTH, HEIGHT)
    assert reviewer.probe("readable") == []
    reviewer.one("#releases tbody a").click()
    assert "release" in (reviewer.one("body").get_attribute("class") or "")
    reviewer.click("a.back")
    assert "index" in (reviewer.one("body").get_attribute("class") or "")
