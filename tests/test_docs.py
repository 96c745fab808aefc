"""The documentation: what it shows is run, what it tells is complete in both languages, the site is built."""

from __future__ import annotations

import importlib.util
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from types import ModuleType

import pytest

from extractor.cli import COMMANDS
from extractor.language.pack import FILES
from extractor.reading.formats import READERS
from extractor.record.validate import schema
from extractor.writing import WRITERS

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
SCRIPT = ROOT / "scripts" / "docs"
LANGUAGES = ["en", "zh"]
PAGES = sorted([*ROOT.glob("README*.md"), *DOCS.rglob("*.md")])
PAIRS = {path: path.with_name(path.name.replace(".en.md", ".zh.md")) for path in DOCS.rglob("*.en.md")}
PAIRS[ROOT / "README.md"] = ROOT / "README.zh-CN.md"
LOCAL_LINK = re.compile(r"\]\((?!https?:|#)([^)#\s]+)")
NOT_RUN = 12  # blocks that may go unchecked, in all pages together


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def check(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Run the script that runs pages."""
    command = [sys.executable, SCRIPT, *arguments]
    return subprocess.run(command, capture_output=True, encoding="utf-8", cwd=ROOT, timeout=600, check=False)


@pytest.fixture(scope="module")
def pages() -> ModuleType:
    """The module that reads pages."""
    spec = importlib.util.spec_from_file_location("pages", SCRIPT / "pages.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


# what the pages show


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_what_a_page_shows_is_so(path: Path) -> None:
    done = check(path)
    assert done.returncode == 0, f"{done.stdout}{done.stderr}\nto renew what is printed: python scripts/docs --write"


def test_few_blocks_are_not_run(pages: ModuleType) -> None:
    found = [block for path in PAGES for block in pages.blocks(pages.read(path)) if block.not_run]
    assert len(found) <= NOT_RUN


WRONG = {
    "output": "```console\n$ echo 一\n二\n```",
    "end of the output": "```console\n$ echo 一; echo 二\n一\n```",
    "failure": "```console\n$ false\n```",
    "output without a command": "```console\n一\n```",
    "python": "```python\n1 / 0\n```",
    "printed": "```python\nprint(1)\n```\n\n```text\n2\n```",
    "text that nothing prints": "```text\n2\n```",
    "excerpt": '```text title="corpus/nanyang-2023.txt"\n南阳没有这句话\n```',
    "made": "<!-- made: figures corpus/nanyang-2023.txt p01 -->\n<!-- end -->",
    "kind": "```rust\nfn main() {}\n```",
}
RIGHT = {
    "output": "```console\n$ echo 一\n一\n```",
    "rest": "```console\n$ seq 9\n1\n2\n…\n```",
    "middle": "```console\n$ seq 9\n1\n…\n5\n…\n9\n```",
    "exit code": "```console\n$ false\n$ echo $?\n1\n```",
    "names stay": "```python\na = 1\n```\n\n```python\nprint(a)\n```\n\n```text\n1\n```",
    "file": '```tsv title="a/b.tsv"\n一\t二\n```\n\n```console\n$ cut -f2 a/b.tsv\n二\n```',
    "excerpt": '```text title="corpus/nanyang-2023.txt"\n残疾儿童康复救助惠及6365人\n```',
    "not run": "<!-- not run: nobody has it -->\n```rust\nfn main() {}\n```",
    "indented": "- a\n\n    ```console\n    $ echo 一\n    一\n    ```",
}


@pytest.mark.parametrize("text", WRONG.values(), ids=WRONG)
def test_what_is_not_so_is_told_with_its_place(tmp_path: Path, text: str) -> None:
    page = tmp_path / "page.en.md"
    page.write_text(f"# 标题\n\n{text}\n", encoding="utf-8")
    done = check(page)
    assert done.returncode == 1
    assert re.match(rf"{re.escape(str(page))}:\d+: ", done.stdout)


@pytest.mark.parametrize("text", RIGHT.values(), ids=RIGHT)
def test_what_is_so_is_not_complained_of(tmp_path: Path, text: str) -> None:
    page = tmp_path / "page.en.md"
    page.write_text(f"# 标题\n\n{text}\n", encoding="utf-8")
    done = check(page)
    assert (done.returncode, done.stdout) == (0, "")


@pytest.mark.parametrize("what", ["output", "end of the output", "printed", "made"])
def test_what_is_printed_can_be_renewed(tmp_path: Path, what: str) -> None:
    page = tmp_path / "page.en.md"
    page.write_text(WRONG[what], encoding="utf-8")
    assert check(page, "--write").returncode == 0
    assert (check(page).returncode, page.read_text("utf-8") != WRONG[what]) == (0, True)


# what they tell


@pytest.mark.parametrize("path", PAIRS, ids=name)
def test_a_page_tells_the_same_in_both_languages(pages: ModuleType, path: Path) -> None:
    def outline(path: Path) -> tuple[list[str], list[str], list[str]]:
        lines = pages.read(path)
        blocks = [*pages.blocks(lines)]
        inside = {at for block in blocks for at in range(block.start, block.end)}
        headings = [line.split(" ")[0] for at, line in enumerate(lines) if at not in inside and re.match("#+ ", line)]
        commands = [command.line for block in blocks if block.kind == "console" for command in pages.commands(block)]
        return headings, [block.kind for block in blocks], commands

    assert outline(PAIRS[path]) == outline(path)


@pytest.mark.parametrize("path", PAIRS, ids=name)
def test_a_page_has_each_language(path: Path) -> None:
    assert len(re.findall("[一-鿿]", PAIRS[path].read_text("utf-8"))) > len(
        re.findall("[一-鿿]", path.read_text("utf-8"))
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_command_is_documented(language: str) -> None:
    page = (DOCS / "reference" / f"commands.{language}.md").read_text("utf-8")
    assert re.findall(r"^## extractor (\S+)\n\n```console\n\$ extractor (?:\S+) --help$", page, re.M) == [*COMMANDS]


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_and_option_has_help_in_both_languages(command: str) -> None:
    def told(language: str) -> str:
        call = [sys.executable, "-c", "from extractor.cli import main; main()", command, "--help", "--lang", language]
        return subprocess.run(call, capture_output=True, encoding="utf-8", check=True).stdout

    english, chinese = told("en").split("\nOptions:\n"), told("zh").split("\n选项：\n")
    assert not re.search("[一-鿿]", "".join(english))
    options = [re.split(r"\n(?=  -)", text) for text in (english[1], chinese[1])]
    names = [[re.findall("--[a-z-]+", option)[0] for option in each] for each in options]
    assert names[0] == names[1]
    assert [option for option in (chinese[0], *options[1]) if not re.search("[一-鿿]", option)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_format_is_documented(language: str) -> None:
    page = (DOCS / "how-to" / f"command-line.{language}.md").read_text("utf-8")
    extensions = {extension for reader in READERS for extension in reader.extensions}
    assert {one for one in {*extensions, *WRITERS} if f"`{one}`" not in page} == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_file_of_a_pack_is_documented(language: str) -> None:
    page = (DOCS / f"pack.{language}.md").read_text("utf-8")
    assert {name for name in FILES if f"`{name}`]" not in page or f"my-pack/{name}" not in page} == set()


def test_every_field_has_its_words_in_chinese_and_no_other() -> None:
    words = tomllib.loads((SCRIPT / "words.toml").read_text("utf-8"))["record"]["zh"]
    types = {"Release": schema(), **schema()["$defs"]}
    fields = {f"{name}.{field}" for name, part in types.items() for field in part.get("properties", ())}
    assert {*words} == {*types, *fields}


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_links_lead_somewhere(path: Path) -> None:
    links = LOCAL_LINK.findall(path.read_text("utf-8"))
    assert [link for link in links if not (path.parent / link).exists()] == []


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_no_page_names_a_place_of_one_machine(path: Path) -> None:
    assert re.findall(r"/(?:home|root|tmp|Users|opt|work)/\S*", path.read_text("utf-8")) == []


def test_the_site_is_built_without_a_warning(tmp_path: Path) -> None:
    pytest.importorskip("mkdocs_static_i18n")
    pytest.importorskip("mkdocstrings")
    build = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", tmp_path / "site"]
    own = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "TMPDIR": str(tmp_path)}  # its search trusts a file it finds there
    done = subprocess.run(build, cwd=ROOT, env=own, capture_output=True, encoding="utf-8", timeout=300, check=False)
    assert done.returncode == 0, done.stderr
    assert "发布稿" in (tmp_path / "site" / "zh" / "reference" / "record" / "index.html").read_text("utf-8")
