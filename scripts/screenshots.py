"""Makes the pictures of the documentation that show pages of ``extractor report``, in both languages.

    python scripts/screenshots.py [FOLDER]

They are real: Chromium draws the pages of releases of the corpus.  FOLDER: docs/images by default.  Needs Chromium with
its driver (Debian: chromium, chromium-driver) and the development extra.
"""

from __future__ import annotations

import io
import os
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from PIL import Image
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from extractor.extractor import extract
from extractor.report import index, page, report

ROOT = Path(__file__).resolve().parents[1]
CORPUS = ROOT / "corpus"
RELEASES = ("nanyang-2023", "nanyang-2024", "xinyang-2022-completed", "chongqing-2022-furniture")
_DESKTOP, _PHONE = (1280, 800), (390, 780)
_SETTLE = 0.5  # seconds until a page has scrolled


class Picture(NamedTuple):
    """One picture: a page, the size and scheme it is shown in, and what a person does on it first."""

    page: str
    size: tuple[int, int]
    scheme: str
    act: Callable[[webdriver.Chrome], None]


def _point(browser: webdriver.Chrome) -> None:
    browser.find_element(By.CSS_SELECTOR, '#table tr[data-f="p05.f2"]').click()
    browser.switch_to.active_element.send_keys(Keys.ENTER)


def _correct(browser: webdriver.Chrome) -> None:
    browser.find_element(By.CSS_SELECTOR, "[data-do=task]").click()
    browser.switch_to.active_element.send_keys(Keys.ESCAPE)
    browser.find_element(By.CSS_SELECTOR, '#table tr[data-f="p02.f1"]').click()
    browser.switch_to.active_element.send_keys("e")


def _text(browser: webdriver.Chrome) -> None:
    browser.find_element(By.CSS_SELECTOR, "[data-do=pane][data-pane=text]").click()
    browser.find_element(By.CSS_SELECTOR, 'mark[data-f="p01.f2"]').click()


def _pictures_of(selector: str) -> Callable[[webdriver.Chrome], None]:
    def scroll(browser: webdriver.Chrome) -> None:
        browser.execute_script("document.querySelector(arguments[0]).scrollIntoView()", selector)

    return scroll


def _nothing(_: webdriver.Chrome) -> None:
    pass


PICTURES = {
    "review": Picture("nanyang-2024", _DESKTOP, "light", _point),
    "review-correct": Picture("chongqing-2022-furniture", _DESKTOP, "dark", _correct),
    "review-phone": Picture("nanyang-2024", _PHONE, "light", _text),
    "review-index": Picture("index", _DESKTOP, "light", _nothing),
    "review-series": Picture("index", _DESKTOP, "light", _pictures_of(".series")),
    "review-years": Picture("index", _DESKTOP, "light", _pictures_of(".years")),
}


def main(folder: Path) -> None:
    """Write NAME.LANGUAGE.png of every picture."""
    browser = _browser()
    try:
        for language in ("zh", "en"):
            with tempfile.TemporaryDirectory() as pages:
                _write_pages(Path(pages), language)
                for name, picture in PICTURES.items():
                    _save(_shot(browser, Path(pages), picture), folder / f"{name}.{language}.png")
    finally:
        browser.quit()


def _write_pages(folder: Path, language: str) -> None:
    pages = []
    for name in RELEASES:
        text = (CORPUS / f"{name}.txt").read_text(encoding="utf-8")
        record = extract(text, name=f"{name}.txt").to_dict()
        whole = report(record, text, language=language, back="index.html")
        (folder / f"{name}.html").write_text(whole, encoding="utf-8")
        pages.append(page(record, text, f"{name}.html"))
    (folder / "index.html").write_text(index(pages, language=language), encoding="utf-8")


def _shot(browser: webdriver.Chrome, folder: Path, picture: Picture) -> bytes:
    width, height = picture.size
    metrics = {"width": width, "height": height, "deviceScaleFactor": 1.5 if width < 600 else 1, "mobile": width < 600}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    features = [
        {"name": "prefers-color-scheme", "value": picture.scheme},
        {"name": "prefers-reduced-motion", "value": "reduce"},
    ]
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})
    browser.get((folder / f"{picture.page}.html").as_uri())
    picture.act(browser)
    browser.implicitly_wait(_SETTLE)
    browser.execute_async_script("setTimeout(arguments[arguments.length - 1], arguments[0])", _SETTLE * 1000)
    return browser.get_screenshot_as_png()


def _save(png: bytes, path: Path) -> None:
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    # the method that keeps colours which few pixels have: the marks of roles
    few = picture.quantize(256, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    few.save(path, optimize=True)


def _browser() -> webdriver.Chrome:
    options = webdriver.ChromeOptions()
    options.binary_location = shutil.which("chromium") or shutil.which("google-chrome") or ""
    for argument in ("--headless=new", "--disable-gpu", "--hide-scrollbars", "--force-color-profile=srgb"):
        options.add_argument(argument)
    if os.geteuid() == 0:
        options.add_argument("--no-sandbox")
    return webdriver.Chrome(options=options, service=webdriver.ChromeService(shutil.which("chromedriver")))


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs" / "images")
