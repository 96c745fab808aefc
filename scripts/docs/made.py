"""The parts of the documentation that follow from the program: MADE names each, with the lines it makes."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from extractor import extract_file, gold
from extractor.language.pack import BUILT_IN, load_pack
from extractor.language.words import CLASSES
from extractor.model import Figure
from extractor.record.release import Release
from extractor.record.validate import schema
from extractor.score import Score, score
from extractor.writing.tables import select

_WORDS: dict[str, dict[str, dict[str, str]]] = tomllib.loads(Path(__file__).with_name("words.toml").read_text("utf-8"))
_WIDEST = 88  # characters of a line of JSON
_SHARES = "records_f1 figures_f1 relations_f1 indicators_close projects_f1 levels header spans_true"
_COUNTS = "releases figures numerals unexplained"
_RULES = {"heading": "headings", "mask": "masks", "pattern": "patterns", "list": "lists"}
_extract = cache(extract_file)


def figures(file: str, project: str, *, language: str) -> Iterator[str]:
    """A table of the figures of one project, p05."""
    release = _extract(file)
    heads = ["indicator", "action", "value", "unit", "completion", "target", "margin", "surface"]
    rows = (_figure_row(figure, language) for figure in release.projects[int(project[1:]) - 1].figures)
    yield from _table([_said(head, language) for head in heads], rows, right=(2, 4, 5, 6))


def figure(file: str, id: str, *fields: str, language: str) -> Iterator[str]:
    """The JSON of one figure, as much of it as is named."""
    record = _found(_extract(file), id)
    yield from ["```json", *_json({name: record[name] for name in fields or record}), "```"]


def scores(*, language: str) -> Iterator[str]:
    """How near the records of the corpus come to what people read in it."""
    total = Score.nothing()
    for path in sorted(Path("corpus").glob("*.json")):
        annotation, text = gold.read(path)
        total += score(annotation, text, extract_file(path.with_suffix(".txt")).to_dict())
    found = total.totals()
    rows = [[_said(name, language), f"{found[name]:.2f}"] for name in _SHARES.split()]
    rows += [[_said(name, language), str(found[name])] for name in _COUNTS.split()]
    yield from _table([_said(head, language) for head in ("measure", "value")], rows, right=(1,))


def fields(*, language: str) -> Iterator[str]:
    """Every field of the record: a table for each type of its schema."""
    published = schema()
    for name, part in {"Release": published, **published["$defs"]}.items():
        yield from ["", f"### {name}", "", _described(name, part, language)]
        if "properties" in part:
            heads = [_said(head, language) for head in ("field", "type", "meaning", "example")]
            rows = [_field_row(name, field, note, language) for field, note in part["properties"].items()]
            yield from ["", *_table(heads, rows)]


def columns(*, language: str) -> Iterator[str]:
    """Every column of the tables that records are written to."""
    for table in select(numerals=True):
        what = table.label if language == "zh" else table.description
        heads = [_said(head, language) for head in ("column", "heading", "type", "from")]
        yield from ["", f"### `{table.name}`", "", what + ("。" if language == "zh" else ""), ""]
        rows = [[f"`{one.name}`", one.label, one.type, _source(one.path, table.name)] for one in table.columns]
        yield from _table(heads, rows)


def classes(*, language: str) -> Iterator[str]:
    """The classes that a pack's words can have, with words that have them.  Raises ValueError where none is told."""
    known = tomllib.loads(Path(__file__).with_name("classes.toml").read_text("utf-8"))
    words = load_pack().words
    used = {name for name, character in CLASSES.items() if character in words.values()}
    if used != {*known}:
        raise ValueError(f"classes.toml and the classes of words differ: {used ^ {*known}}")
    rows = []
    for name, told in known.items():
        examples = [word for word in told["words"] if words.get(word) == CLASSES[name]]
        if not examples:
            raise ValueError(f"none of {told['words']} is a word of {name}")
        rows.append([f"`{name}`", told[language], " ".join(examples)])
    yield from _table([_said(head, language) for head in ("class", "meaning", "words")], rows)


def rules(kind: str, *, language: str) -> Iterator[str]:
    """Every heading, mask, pattern or list of the built-in pack, by its own example."""
    found = tomllib.loads((BUILT_IN / f"{_RULES[kind]}.toml").read_text("utf-8"))[kind]
    heads = [_said(head, language) for head in ("rule", "example", "expect", "counterexample")]
    rows = ([rule["name"], rule["example"], _listed(rule["expect"]), rule.get("counterexample", "")] for rule in found)
    yield from _table(heads, (map(_code, row) for row in rows))


MADE: dict[str, Callable[..., Iterable[str]]] = {
    function.__name__: function for function in (figures, figure, scores, fields, columns, classes, rules)
}


def _figure_row(figure: Figure, language: str) -> list[str]:
    target, margin = figure.target, figure.margin
    derived = _said("derived", language) if target and target.origin == "derived" else ""
    return [
        figure.indicator or "",
        figure.action or "",
        _plain(figure.value),
        figure.unit.text if figure.unit else "",
        f"{_plain(figure.completion.value)} %" if figure.completion else "",
        _plain(target.value) + derived if target else "",
        f"{margin.value:+f} {margin.unit or ''}".strip() if margin else "",
        f"`{figure.surface}`",
    ]


def _found(release: Release, id: str) -> dict[str, Any]:
    record = release.to_dict()
    everything = [*record["figures"], *(one for project in record["projects"] for one in project["figures"])]
    return next(one for one in everything if one["id"] == id)


def _json(value: dict[str, Any]) -> Iterator[str]:
    """An object on as many lines as it takes, as many of its members on one as have room."""
    pieces = [piece for name, member in value.items() for piece in _pieces(name, member)]
    line = "{" + pieces[0]
    for piece in pieces[1:]:
        if len(line) + len(piece) > _WIDEST:
            yield line + ","
            line = " " + piece
        else:
            line += ", " + piece
    yield line + "}"


def _pieces(name: str, member: Any) -> list[str]:
    """A member of an object, in as many pieces as it may be broken into."""
    whole = json.dumps({name: _number(member)}, ensure_ascii=False, default=_number)[1:-1]
    if len(whole) <= _WIDEST or not isinstance(member, list):
        return [whole]
    first, *rest = (json.dumps(one, ensure_ascii=False, default=_number) for one in member)
    return [f'"{name}": [{first}', *rest[:-1], f"{rest[-1]}]"]


def _number(value: Any) -> Any:
    return (int(value) if value == value.to_integral_value() else float(value)) if isinstance(value, Decimal) else value


def _field_row(name: str, field: str, note: dict[str, Any], language: str) -> list[str]:
    example = json.dumps(note.get("examples", [None])[0], ensure_ascii=False, default=_number)
    unit = f" ({note['unit']})" if "unit" in note and language == "en" else ""
    shown = _code(example) if len(example) <= 40 else ""
    return [f"`{field}`", _type(note), _described(f"{name}.{field}", note, language) + unit, shown]


def _described(name: str, note: dict[str, Any], language: str) -> str:
    return str(note["description"]) if language == "en" else _WORDS["record"]["zh"][name]


def _type(note: dict[str, Any]) -> str:
    if "enum" in note:
        return " ".join(f"`{value}`" for value in note["enum"] if value is not None)
    for branch in note.get("anyOf", [note]):
        if "$ref" in branch:
            name = branch["$ref"].rpartition("/")[2]
            return f"[{name}](#{name.lower()})"
    kind = note["type"] if isinstance(note["type"], str) else note["type"][0]
    return f"array of {_type(note['items'])}" if kind == "array" else kind


def _source(path: tuple[str | int, ...], table: str) -> str:
    """Where in the record a column comes from; nothing where it is no field of it."""
    names = [str(step) if isinstance(step, str) else f"[{step}]" for step in path]
    return f"`{'.'.join(names[1:]).replace('.[', '[')}`" if len(names) > 1 else ""


def _listed(expect: str | list[str]) -> str:
    return expect if isinstance(expect, str) else " · ".join(expect)


def _code(text: str) -> str:
    """Text that Markdown leaves as it is, in one cell of a table."""
    plain = text.replace("|", "\\|").replace("\n", " ⏎ ").strip()
    return f"`{plain}`" if plain else ""


def _plain(value: Decimal) -> str:
    return f"{value:f}"


def _said(name: str, language: str) -> str:
    return _WORDS["heads"][language][name]


def _table(heads: Iterable[str], rows: Iterable[Iterable[str]], *, right: tuple[int, ...] = ()) -> Iterator[str]:
    heads = [*heads]
    yield f"| {' | '.join(heads)} |"
    yield "|" + "|".join("--:" if at in right else "---" for at in range(len(heads))) + "|"
    for row in rows:
        yield f"| {' | '.join(row)} |"
