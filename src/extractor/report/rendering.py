"""One HTML page out of a template: every word in two languages, style and script inline, allowed by their hashes alone.

Nothing is loaded from anywhere, and nothing but the page's own style and script has any effect in a browser.
"""

from __future__ import annotations

import json
import tomllib
from base64 import b64encode
from collections.abc import Iterable, Mapping
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup

LANGUAGES = ("zh", "en")
_HERE = files(__package__)


def render(template: str, language: str, view: object, assets: Iterable[str], data: object) -> str:
    """A page of templates/.

    language: one of LANGUAGES, until its reader switches; view: what the template calls ``view``; assets: the files of
    assets/ that become its style (.css) and its script (.js), in this order; data: what the script reads as JSON.
    """
    names = [*assets]
    style, script = (_joined(name for name in names if name.endswith(kind)) for kind in (".css", ".js"))
    return (
        _environment()
        .get_template(template)
        .render(
            view=view,
            language=language,
            style=_trusted(style),
            script=_trusted(script),
            data=_trusted(embedded({"words": words(), "language": language, **_plain(data)})),
            policy=policy(style, script),
            t=lambda key: _word(key, language),
            attribute=lambda name, key: _attribute(name, key, language),
        )
    )


def policy(style: str, script: str) -> str:
    """The content security policy of a page with this style and this script."""
    return (
        f"default-src 'none'; style-src {_source(style)}; script-src {_source(script)}; base-uri 'none'; "
        "form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
    )


def embedded(data: object) -> str:
    """Data as JSON that no character of can end the element it stands in; numbers as decimal strings, exact."""
    plain = json.dumps(data, ensure_ascii=False, separators=(",", ":"), default=_decimal)
    for character in "<>&\u2028\u2029":
        plain = plain.replace(character, f"\\u{ord(character):04x}")
    return plain.encode("utf-8", "replace").decode()  # a lone surrogate is no character of a page


@cache
def words() -> Mapping[str, list[str]]:
    """Every word of the pages: key, or table.key -> [Chinese, English]."""
    found: dict[str, list[str]] = {}
    for key, value in tomllib.loads(_HERE.joinpath("words.toml").read_text("utf-8")).items():
        found |= {f"{key}.{inner}": of for inner, of in value.items()} if isinstance(value, dict) else {key: value}
    return found


def said(key: str, language: str) -> str:
    """A word of the pages."""
    return words()[key][LANGUAGES.index(language)]


def _word(key: str, language: str) -> Markup:
    from markupsafe import Markup

    return Markup('<span data-t="{}">{}</span>').format(key, said(key, language))


def _attribute(name: str, key: str, language: str) -> Markup:
    from markupsafe import Markup

    return Markup('{}="{}" data-t-{}="{}"').format(name, said(key, language), name, key)


def _joined(names: Iterable[str]) -> str:
    return "".join(_HERE.joinpath("assets", name).read_text("utf-8") for name in names)


def _trusted(text: str) -> Markup:
    from markupsafe import Markup

    return Markup(text)  # the package's own files, or JSON that embedded() made harmless


def _source(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


def _plain(data: object) -> dict[str, Any]:
    return data if isinstance(data, dict) else {}


def _decimal(value: object) -> str:
    return f"{value:f}"


@cache
def _environment() -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    return Environment(
        loader=PackageLoader("extractor.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
