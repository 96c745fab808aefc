"""Chinese or English: as the user's locale says, unless they say otherwise."""

from __future__ import annotations

import gettext
import os
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

LANGUAGES = ("zh", "en")
_VARIABLE = "EXTRACTOR_LANG"
_LOCALE = ("LC_ALL", "LC_MESSAGES", "LANG")


def tr(zh: str, en: str) -> str:
    """The one of two texts that the user reads."""
    return zh if language() == "zh" else en


def language() -> str:
    """One of LANGUAGES: that of EXTRACTOR_LANG, else of the first of LC_ALL, LC_MESSAGES and LANG that is set."""
    name = next((value for key in (_VARIABLE, *_LOCALE) if (value := os.environ.get(key))), "")
    return "zh" if name.lower().startswith("zh") else "en"


def settle(arguments: Sequence[str]) -> None:
    """Fix the language of this process, so that help texts know it before the arguments are read.

    arguments: those of the command line, in which --lang overrides the locale.
    """
    asked = [value for flag, value in pairwise(arguments) if flag == "--lang"]
    asked += [argument.removeprefix("--lang=") for argument in arguments if argument.startswith("--lang=")]
    os.environ[_VARIABLE] = asked[0] if asked and asked[0] in LANGUAGES else language()
    # The command line library takes its own words from gettext.
    os.environ["LANGUAGE"] = language()
    gettext.bindtextdomain("extractor", Path(__file__).with_name("locale"))
    gettext.textdomain("extractor")
