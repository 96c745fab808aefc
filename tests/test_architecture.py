"""The storeys of the house: what a module may import, read from its syntax."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[1] / "src" / "extractor"
# From the ground up: a module imports only from its own storey and those that stand in front of it.
STOREYS = [
    "model",
    "language",
    "release",
    "record",
    "reading",
    "extractor",
    "writing",
    "batch",
    "gold score component training frames attainment report compare corrections paired cases",
    "cli",
]
ORDER = {name: at for at, storey in enumerate(STOREYS) for name in storey.split()}
# Libraries that only one module may know.
ALONE = {"jieba": "language/cutter.py", "rjieba": "language/cutter.py", "spacy": "component.py"}
MODULES = sorted(path.relative_to(SOURCE) for path in SOURCE.rglob("*.py"))
NAMES = [path for path in MODULES if path != Path("__init__.py")]


def imported(path: Path) -> Iterator[str]:
    """Every module that a file imports, wherever the import stands, relative ones resolved."""
    package = ["extractor", *path.parts[:-1]]
    for node in ast.walk(ast.parse((SOURCE / path).read_bytes())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) + 1 - node.level] if node.level else []
            name = ".".join([*base, *([node.module] if node.module else [])])
            yield from ([f"{name}.{alias.name}" for alias in node.names] if name == "extractor" else [name])


def first(path: Path) -> str:
    """The first part of a module's name below the package."""
    return path.parts[0].removesuffix(".py")


@pytest.mark.parametrize("path", NAMES, ids=str)
def test_a_module_imports_only_from_storeys_below_it(path: Path) -> None:
    inner = {name.split(".")[1] for name in imported(path) if name.startswith("extractor.")}
    # of the package's face, which is for its users, a module may ask for the version only
    assert {name for name in inner - {"__version__"} if name not in ORDER or ORDER[name] > ORDER[first(path)]} == set()


@pytest.mark.parametrize("path", NAMES, ids=str)
def test_a_library_is_known_in_one_place(path: Path) -> None:
    outer = {name.split(".")[0] for name in imported(path)}
    assert [name for name, place in ALONE.items() if name in outer and path.as_posix() != place] == []


def test_every_module_has_its_storey() -> None:
    assert {first(path) for path in NAMES} - {*ORDER} == set()


@pytest.mark.parametrize("path", MODULES, ids=str)
def test_no_module_speaks_to_the_user_or_settles_for_the_whole_process(path: Path) -> None:
    """Only the command line prints; logging and warnings are the program's to configure, not the library's."""
    if first(path) == "cli":
        return
    calls = [node.func for node in ast.walk(ast.parse((SOURCE / path).read_bytes())) if isinstance(node, ast.Call)]
    told = {ast.unparse(call) for call in calls}
    assert told & {"print", "logging.basicConfig", "warnings.filterwarnings", "warnings.simplefilter"} == set()
