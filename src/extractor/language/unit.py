"""The unit behind a number: 人次, 个百分点, 元/月, 吨每日; also where a blank or a line's end stands between."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

from extractor.language.expression import plain
from extractor.model import Unit

_BLANK = plain(r"[ ]{1,2}|[ ]{0,4}\n[ ]{0,4}")
_WORD = plain(r"[\u4e00-\u9fff\d]")
_PER = plain(r"(?P<sign>[ ]?/[ ]?|每|·)(?P<base>(?:\d{1,4}(?![\d.,]|[ ]\d))?(?:[ ]?[十百千万]{1,2})?)[ ]?")
_ROUND = plain(r"(?:10{1,4})?[十百千万]{0,2}")
_BASE_ALONE = plain(r"/[ ]?(?:10[ ]?万|十万|万|千人|百)")  # 9.8/10万
_SIGNS: Final = {"每": "/", "·": "."}
_PIECE: Final = "个"
_BETWEEN = plain(r"(?P<half>半)?(?P<over>[多余])?[ \n]{0,3}")
_HALF = plain(r"半(?![径价年天月数])")
_POPULATION: Final = Unit("人口", "人", "people")
_NOTHING: Final = Unit("", "", "")
_COUNTS: Final = frozenset({"count", "people", "household"})


class Measure(NamedTuple):
    """A unit as it stands in the text.

    end: where it ends; half, over: whether 半 or 多 stands inside or behind it (一个半小时, 3个多月).
    """

    unit: Unit
    end: int
    half: bool = False
    over: bool = False


class Units:
    """Finds units in folded text.

    units: by the text they have; unless: what must not follow a unit, since it would make another word of it (处 理).
    """

    def __init__(self, units: Mapping[str, Unit], unless: Mapping[str, tuple[str, ...]]) -> None:
        self._by_first: dict[str, list[tuple[str, tuple[str, ...], Unit]]] = {}
        for text in sorted(units, key=len, reverse=True):
            self._by_first.setdefault(text[0], []).append((text, unless.get(text, ()), units[text]))

    def named(self, name: str) -> Unit | None:
        """The unit of this name."""
        return next((unit for text, _, unit in self._by_first.get(name[0], ()) if text == name), None)

    def read(self, text: str, position: int) -> Measure | None:
        """The longest unit behind a number that ends at ``position``; None where there is none."""
        if found := self._listed(text, position):
            return self._whole(text, *found)
        if blank := _BLANK.match(text, position):
            found = self._listed(text, blank.end())
            # 所 alone at the beginning of the next line; but no word that only begins like a unit
            if found and not ("\n" in blank[0] and _WORD.match(text, found[1])):
                return self._whole(text, *found)
        if base := _BASE_ALONE.match(text, position):
            name = base[0].replace(" ", "")
            return Measure(Unit(name, name, "ratio"), base.end())
        return None

    def _listed(self, text: str, position: int) -> tuple[Unit, int] | None:
        for name, unless, unit in self._by_first.get(text[position : position + 1], ()):
            end = position + len(name)
            if text.startswith(name, position) and not text.startswith(unless, end):
                return unit, end
        return None

    def _whole(self, text: str, unit: Unit, end: int) -> Measure:
        following = text[end : end + 1]
        if unit.text == _PIECE and (counted := self._counted(text, end)):
            return counted
        if following in ("/", "每", " "):
            return self._per(text, unit, end)
        if following == "(" and (other := self._listed(text, end + 1)) and text.startswith(")", other[1]):
            return Measure(Unit(f"{unit.text}({other[0].text})", unit.code, unit.dimension), other[1] + 1)
        if following == "半" and unit.dimension in ("time", "times") and _HALF.match(text, end):
            return Measure(unit, end + 1, half=True)
        return Measure(unit, end)

    def _counted(self, text: str, position: int) -> Measure | None:
        """What 个 only counts: 2.5个百分点, 一个半小时, 3个多月."""
        between = _BETWEEN.match(text, position)
        assert between is not None
        found = self._listed(text, between.end())
        if found is None or found[0].dimension not in ("time", "point"):
            return None
        if len(found[0].text) < 2 and found[0].text != "月":  # 5个年轻人
            return None
        return Measure(*found, half=between["half"] is not None, over=between["over"] is not None)

    def _per(self, text: str, unit: Unit, end: int) -> Measure:
        """The unit with its bases: 元/月, 吨每日, 例/10万人, 元/人·月."""
        while per := _PER.match(text, end):
            sign, base = per["sign"].strip(), per["base"].replace(" ", "")
            over, stop = self._base(text, per.end()) or (_NOTHING, per.end("base"))
            if not over.text and not (base and _ROUND.fullmatch(base)):
                break
            if over.text == unit.text or (sign == "每" and unit.dimension in _COUNTS and over.dimension != "time"):
                break  # 100个/50个, 300户每户补助500元
            unit = Unit(*(a + b for a, b in zip(unit, _divided(sign, base, over), strict=True)))
            end = stop
        return Measure(unit, end)

    def _base(self, text: str, position: int) -> tuple[Unit, int] | None:
        if text.startswith(_POPULATION.text, position):
            return _POPULATION, position + len(_POPULATION.text)
        return self._listed(text, position)


def _divided(sign: str, base: str, over: Unit) -> Unit:
    as_code = _SIGNS.get(sign, sign)
    return Unit(sign + base + over.text, as_code + base + over.code, as_code + over.dimension)
