"""Pages on which a person reviews releases: self-contained HTML, nothing loaded from anywhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from extractor.report.batch_view import Page

__all__ = ["index", "page", "report"]


def report(record: Mapping[str, Any], text: str, *, language: str = "zh", back: str | None = None) -> str:
    """One HTML page to review a release.

    record: as Release.to_dict() gives it; text: what its spans refer to; language: zh or en, until its
    reader switches; back: address of the page it belongs to, such as an index.
    Raises ValueError where the text is not that of the record.
    """
    from extractor.report.release_data import release_data
    from extractor.report.release_view import release_view
    from extractor.report.rendering import render

    if len(text) != record["source"]["characters"]:
        raise ValueError(
            f"the text has {len(text)} characters, that of the record {record['source']['characters']}: it is another"
        )
    view, data = release_view(record, text, back), release_data(record, text)
    return render("release.html.j2", language, view, _ASSETS, data)


def page(record: Mapping[str, Any], text: str, href: str) -> Page:
    """What an index needs to know of a release; href: the address of its own page, as seen from the index."""
    from extractor.report.batch_view import Page, slim
    from extractor.report.release_view import summary

    return Page(href, slim(record), summary(record, text))


def index(pages: Sequence[Page], *, language: str = "zh") -> str:
    """One HTML page that leads to those of many releases, with totals and the indicators that they share."""
    from extractor.report.batch_view import batch_view
    from extractor.report.rendering import render

    return render("index.html.j2", language, batch_view(pages), ("base.css", "index.css", "page.js", "index.js"), {})


_ASSETS = (
    *("base.css", "release.css"),
    *("page.js", "text.js", "figures.js", "table.js", "details.js", "corrections.js", "review.js"),
)
