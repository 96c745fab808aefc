"""A rule pack: every rule does what it says of itself, a mistake is told with its place, a user's own rules count."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractor import Extractor, PackError
from extractor.language.fold import fold
from extractor.language.pack import BUILT_IN, FILES, Heading, Mask, Pattern, load_pack
from extractor.language.pack_files import read_rules
from extractor.language.patterns import relations
from extractor.language.quantity import Lexer
from extractor.language.rules import WordList, word_list
from extractor.language.spelling import shape_of
from extractor.language.words import Words

PACK = load_pack()
LEXER = Lexer(PACK)
WORDS = Words(PACK)
LISTS = tuple(word_list(rule, where) for where, rule in read_rules(BUILT_IN / "lists.toml", "list")[0])
SOURCE = Path(__file__).parents[1] / "src" / "extractor"


def masked(mask: Mask, text: str) -> list[str]:
    """What a mask takes from a text."""
    return [text[lexeme.start : lexeme.end] for lexeme in LEXER.read(fold(text)) if lexeme.rule == mask.name]


def bound(pattern: Pattern, text: str) -> list[str]:
    """The roles that a pattern gives in a sentence, by their places."""
    sentence = fold(f"{text}。")
    row = WORDS.row(sentence, LEXER.read(sentence))
    found = [
        (row.starts[word], f"{role}={text[row.starts[word] : row.ends[word]]}")
        for relation in relations(row, PACK.patterns)
        if relation.rule == pattern.name
        for role, words in relation.roles.items()
        for word in words
    ]
    return [told for _, told in sorted(found)]


def opened(heading: Heading, text: str) -> str | None:
    """What a heading's mark takes from the beginning of a line, where no other mark takes it first."""
    match = PACK.heading_pattern.match(fold(text))
    return text[: match.end()] if match and match[f"mark{PACK.headings.index(heading)}"] is not None else None


def named(rules: tuple[Mask | Pattern | Heading | WordList, ...]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("rule", rules, ids=lambda rule: rule.name)


@named(PACK.masks)
def test_a_mask_takes_what_it_says(rule: Mask) -> None:
    assert masked(rule, rule.example) == list(rule.expect)
    assert not rule.trigger or any(trigger in shape_of(fold(rule.example)) for trigger in rule.trigger)
    assert rule.counterexample is None or masked(rule, rule.counterexample) == []


@named(PACK.patterns)
def test_a_pattern_gives_the_roles_it_says(rule: Pattern) -> None:
    assert bound(rule, rule.example) == list(rule.expect)
    assert rule.counterexample is None or bound(rule, rule.counterexample) == []


@named(PACK.headings)
def test_a_mark_takes_what_it_says(rule: Heading) -> None:
    assert opened(rule, rule.example) == rule.expect
    assert rule.counterexample is None or opened(rule, rule.counterexample) is None


@named(LISTS)
def test_a_list_has_the_words_it_says(rule: WordList) -> None:
    words = PACK.lists.plain(f"%{rule.name}%")
    assert words.findall(fold(rule.example)) == list(rule.expect)
    assert rule.counterexample is None or words.findall(fold(rule.counterexample)) == []
    assert rule.about
    assert PACK.lists[rule.name] == rule.words


def test_every_list_is_looked_up_by_its_name() -> None:
    code = "".join(path.read_text("utf-8") for path in SOURCE.rglob("*.py"))
    assert [name for name in PACK.lists if f"%{name}%" not in code and f'lists["{name}"]' not in code] == []


def test_every_unit_is_read_behind_a_number() -> None:
    lexer = Lexer(PACK._replace(masks=()))
    read = {unit: lexer.read(f"共5{unit}。")[0] for unit in PACK.units}
    wrong = {unit: lexeme.unit for unit, lexeme in read.items() if lexeme.unit != PACK.units[unit] and unit != "成"}
    assert wrong == {}


@pytest.mark.parametrize("unit", [unit for unit, unless in PACK.unless.items() if unless])
def test_a_unit_is_no_unit_in_another_word(unit: str) -> None:
    for following in PACK.unless[unit]:
        lexemes = LEXER.read(f"共5{unit}{following}")
        assert all(lexeme.unit is None or lexeme.unit.text != unit for lexeme in lexemes), following


def test_units_of_one_dimension_have_factors_that_agree() -> None:
    """Two names for one unit are worth the same: 公里 and 千米."""
    worth: dict[tuple[str, str], set[object]] = {}
    for text, unit in PACK.units.items():
        if text in PACK.factors:
            worth.setdefault((unit.dimension, unit.code), set()).add(PACK.factors[text])
    assert {code: factors for code, factors in worth.items() if len(factors) > 1 and code[1] != "%"} == {}


MASK = """[[mask]]
name = "n"
role = "name"
match = '''x'''
example = "x"
expect = ["x"]
"""
PATTERN = """[[pattern]]
name = "n"
match = "<amount>"
example = "x"
expect = []
"""
HEADING = """[[heading]]
name = "n"
match = '''x'''
example = "x"
expect = "x"
"""
LIST = """[[list]]
name = "houses"
words = ["x"]
example = "x"
expect = ["x"]
"""
UNITS, WORD = "unit\tcode\tdimension\tfactor\tunless\n", "word\tclass\n"
# What stands in a file, and what is told behind the file's path.
MISTAKES: dict[str, tuple[str, str | bytes, str]] = {
    "no header": ("units.tsv", "畦\t畦\tcount\n", ":1: the first line names the columns"),
    "empty": ("words.tsv", "", ":1: the first line names the columns"),
    "only comments": ("words.tsv", "# none yet\n", ":1: the first line names the columns"),
    "blanks for tabs": ("units.tsv", UNITS + "畦 畦 count\n", ":2: unit code dimension factor unless are needed"),
    "a cell missing": ("units.tsv", UNITS + "# 畦\n\n畦\t\tcount\n", ":4: unit code dimension factor unless"),
    "a cell too many": ("words.tsv", WORD + "好\tadverb\t\n", ":2: word class are needed, parted by tabs"),
    "the same twice": ("words.tsv", WORD + "好\tadverb\n好\tnoun\n", ":3: a second line for '好'"),
    "no class": ("words.tsv", WORD + "好\tadverbs\n", ":2: no class 'adverbs'; the classes are about"),
    "a class of numerals": ("words.tsv", WORD + "好\tamount\n", ":2: no class 'amount'"),
    "no place": ("furniture.tsv", "phrase\tplace\n责编\tend\n", ":2: place 'end' is none of anywhere, begins, ends"),
    "no number": ("units.tsv", UNITS + "畦\t畦\tarea\tx\n", ":2: factor 'x' is no number above zero"),
    "a third of nothing": ("units.tsv", UNITS + "畦\t畦\tarea\t1/0\n", ":2: factor '1/0' is no number above zero"),
    "worth less than nothing": ("units.tsv", UNITS + "畦\t畦\tarea\t-1\n", ":2: factor '-1' is no number"),
    "not UTF-8": ("words.tsv", WORD.encode() + "好\tadverb\n".encode("gb18030"), ":1: not UTF-8 (byte 11)"),
    "not UTF-8 either": ("masks.toml", MASK.encode("utf-16"), ":1: not UTF-8"),
    "no TOML": ("masks.toml", MASK + "name = \n", ":7: "),
    "an unknown table": ("masks.toml", "[[maks]]\n", ":1: only [[mask]] rules and a table [define]"),
    "a single table": ("masks.toml", "[mask]\nname = 'n'\n", ":1: only [[mask]] rules"),
    "a definition that is none": ("patterns.toml", "define = 3\n", ":1: only [[pattern]] rules"),
    "no name": ("masks.toml", "\n" + MASK.replace('name = "n"\n', ""), ":2: a mask needs 'name'"),
    "no role": ("masks.toml", MASK.replace('role = "name"\n', ""), ":1: a mask needs 'role'"),
    "an unknown role": ("masks.toml", MASK.replace('"name"', '"nome"'), ":1: role 'nome' is none of figure"),
    "an unknown key": ("masks.toml", MASK + 'triger = ["x"]\n', ":1: a mask has no 'triger'; it has name"),
    "no list": ("masks.toml", MASK.replace('["x"]', '"x"'), ":1: 'expect' is a list of strings"),
    "a list of numbers": ("masks.toml", MASK + "trigger = [1]\n", ":1: 'trigger' is a list of strings"),
    "no string": ("headings.toml", HEADING.replace('expect = "x"', "expect = 1"), ":1: 'expect' is a string"),
    "no words": ("lists.toml", LIST.replace('words = ["x"]', "words = []"), ":1: 'words' are one or more"),
    "a word that is none": ("lists.toml", LIST.replace('words = ["x"]', 'words = ["x", ""]'), ":1: 'words' are one or"),
    "an unknown list": ("lists.toml", LIST.replace("houses", "house"), ":1: no list 'house'; the lists are "),
    "two lists of one name": ("lists.toml", f"{LIST}\n{LIST}", ":7: a second list named 'houses'"),
    "two of one name": ("masks.toml", f"{MASK}\n{MASK}", ":8: a second mask named 'n'"),
    "a mask's expression": ("masks.toml", MASK.replace("'x'", "'(x'"), ":1: the regular expression does not compile"),
    "a mark's expression": ("headings.toml", HEADING.replace("'x'", "'x)'"), ":1: the regular expression does not"),
    "a pattern's expression": ("patterns.toml", PATTERN.replace("<amount>", "(<amount>"), ":1: the regular expression"),
    "a pattern's class": ("patterns.toml", PATTERN.replace("<amount>", "<amounts>"), ":1: no class 'amounts'"),
    "a trigger's class": ("patterns.toml", PATTERN + 'trigger = ["rates"]\n', ":1: no class 'rates'"),
    "an unknown definition": ("patterns.toml", PATTERN.replace("<amount>", "$goals"), ":1: $goals is not defined"),
}


@pytest.mark.parametrize(("file", "content", "told"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_is_told_with_its_place(tmp_path: Path, file: str, content: str | bytes, told: str) -> None:
    path = tmp_path / file
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(PackError) as caught:
        load_pack(tmp_path)
    assert str(caught.value).startswith(f"{path}{told}")
    assert "\n" not in str(caught.value)


def test_a_folder_that_is_no_pack_is_told(tmp_path: Path) -> None:
    with pytest.raises(PackError, match="no such folder"):
        load_pack(tmp_path / "nowhere")
    with pytest.raises(PackError, match=r"none of units\.tsv, .* is in this folder"):
        load_pack(tmp_path)
    (tmp_path / "words.tsv").mkdir()
    with pytest.raises(PackError, match="none of"):
        load_pack(tmp_path)


def test_a_byte_order_mark_and_other_line_ends_are_no_mistake(tmp_path: Path) -> None:
    (tmp_path / "words.tsv").write_bytes("\ufeffword\tclass\r\n腾挪出\tverb\r\n".encode())
    assert load_pack(tmp_path).words["腾挪出"] == PACK.words["举办"]


def test_a_changed_file_is_read_again(tmp_path: Path) -> None:
    versions = [PACK.version]
    for file, content in (("words.tsv", WORD), ("words.tsv", WORD + "好\tadverb\n"), ("masks.toml", MASK)):
        (tmp_path / file).write_text(content, encoding="utf-8")
        versions.append(load_pack(tmp_path).version)
    assert len(set(versions)) == len(versions)
    assert load_pack(tmp_path).masks[0].name == "n"
    (tmp_path / "masks.toml").unlink()
    assert load_pack(tmp_path).version == versions[2]


# --- a user's own pack ----------------------------------------------------------------------------------------------
def read(text: str, pack: Path | None) -> list[str]:
    """The figures of a text, each in a line."""
    release = Extractor(pack).extract(text)
    figures = [*release.figures, *(figure for project in release.projects for figure in project.figures)]
    return [
        " ".join(filter(None, [figure.indicator, figure.action, f"{figure.value}", figure.unit and figure.unit.text]))
        + (f" of {figure.target.value}" if figure.target and figure.target.origin == "stated" else "")
        + (f" by {figure.completion.value}%" if figure.completion else "")
        for figure in figures
    ]


OWN = {
    "a unit": ("改造菜畦45畦。", ["菜畦 改造 45 畦"]),
    "a verb": ("腾挪出口袋公园18个。", ["口袋公园 腾挪出 18 个"]),
    "another word": ("建成公园18个，年度目标兑现率120%。", ["公园 建成 18 个 by 120%"]),
    "a mask": ("新开通18路公交。", []),
    "a pattern": ("建成公园18处（尺子上20处）。", ["公园 建成 18 处 of 20"]),
    "a list": ("改造教室300间，其中村小120间。", ["教室 改造 300 间", "村小教室 改造 120 间"]),
    "a list for what the lines say": ("网格员老张今年走了3600公里。", []),
    "a list for heads of columns": (
        "| 序号 | 项目名称 | 年度目标 | 收官数 |\n| 1 | 新建公园(个) | 18 | 20 |\n| 2 | 新建公厕(座) | 5 | 6 |",
        ["公园 新建 20 个 of 18", "公厕 新建 6 座 of 5"],
    ),
    "furniture": ("建成公园18处。\n本文到此\n建成公园20处。", ["公园 建成 18 处"]),
}


@pytest.mark.parametrize(("text", "figures"), OWN.values(), ids=OWN)
def test_a_users_rule_changes_what_is_read(datadir: Path, text: str, figures: list[str]) -> None:
    assert read(text, datadir / "own") == figures
    assert read(text, None) != figures


def test_a_users_mark_opens_projects(datadir: Path) -> None:
    text = "其一、改造菜畦\n改造菜畦45个。\n其二、建设公园\n建成公园18个。\n"
    projects = Extractor(datadir / "own").extract(text).projects
    assert [(project.number, project.title) for project in projects] == [(1, "改造菜畦"), (2, "建设公园")]
    assert not Extractor().extract(text).projects


def test_a_users_word_tells_an_office(datadir: Path) -> None:
    text = "1.新建公园(县绿化管护站)\n建成公园18处。\n2.新建公厕(县环卫局)\n建成公厕6处。\n"
    own, built_in = (Extractor(pack).extract(text).projects for pack in (datadir / "own", None))
    assert [project.departments for project in own] == [("县绿化管护站",), ("县环卫局",)]
    assert [project.departments for project in built_in] == [(), ("县环卫局",)]


def test_a_users_rule_takes_the_place_of_one_of_its_name(datadir: Path) -> None:
    own = load_pack(datadir / "own")
    assert [mask.name for mask in own.masks].count("one-each") == 1
    assert len(own.masks) == len(PACK.masks) + 1
    assert own.masks[0].name == "bus-line"
    assert own.unless["处"] == ("境",)
    assert own.factors["公分地"].denominator == 3


@pytest.mark.parametrize("file", FILES)
def test_any_one_file_is_a_pack(datadir: Path, tmp_path: Path, file: str) -> None:
    (tmp_path / file).write_bytes((datadir / "own" / file).read_bytes())
    assert load_pack(tmp_path).version != PACK.version
