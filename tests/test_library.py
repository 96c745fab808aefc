"""As a function in somebody's program: the same result from any thread or process, and nothing else touched."""

from __future__ import annotations

import decimal
import hashlib
import json
import os
import pickle
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from decimal import Decimal
from multiprocessing import get_context
from pathlib import Path

import pytest

import extractor

CORPUS = sorted((Path(__file__).parents[1] / "corpus").glob("*.txt"))
TEXT = "一、建设充电桩\n全市建成充电桩1.2万个，覆盖率达到90%，高于省定目标5个百分点。"
# What reading a text may load beside the standard library.
NEEDED = {"extractor", "jsonschema_rs", "msgspec", "regex", "rjieba", "typing_extensions"}  # the last is msgspec's

by_release = pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.stem)


def contents(path: Path) -> str:
    return path.read_bytes().decode("utf-8")


def python(code: str | Path, *arguments: object, **environment: str) -> str:
    """What a fresh process prints; it may print no warning and no error."""
    program = ["-c", code] if isinstance(code, str) else [code]
    given = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "PYTHONIOENCODING": "utf-8", **environment}
    done = subprocess.run(
        [sys.executable, *program, *map(str, arguments)], capture_output=True, text=True, encoding="utf-8", env=given
    )
    assert (done.stderr, done.returncode) == ("", 0)
    return done.stdout


def loaded(code: str) -> set[str]:
    """The libraries that a program loads beside the standard one."""
    listing = f"import sys; before = {{*sys.modules}}\n{code}\nprint(*{{*sys.modules}} - before)"
    return {name.split(".")[0] for name in python(listing).split()} - {*sys.stdlib_module_names}


def test_importing_loads_nothing() -> None:
    assert loaded("import extractor") == {"extractor"}


def test_names_of_the_face_are_known_without_loading() -> None:
    assert loaded("import extractor; dir(extractor); extractor.__all__") == {"extractor"}


def test_extracting_loads_only_what_it_needs() -> None:
    pytest.importorskip("rjieba")
    assert loaded(f"import extractor; extractor.extract({TEXT!r}).to_json()") <= NEEDED


@by_release
def test_the_pure_cutter_gives_the_same_bytes(path: Path, pure: extractor.Extractor) -> None:
    pytest.importorskip("rjieba")
    assert pure.extract(contents(path)).to_json() == extractor.extract(contents(path)).to_json()


@pytest.fixture(scope="module")
def pure() -> extractor.Extractor:
    return extractor.Extractor(pure=True)


def digest() -> str:
    return hashlib.sha256("".join(extractor.extract(contents(path)).to_json() for path in CORPUS).encode()).hexdigest()


@pytest.mark.parametrize("seed", ["0", "1", "4294967295"])
def test_another_process_gives_the_same_bytes(seed: str, tmp_path: Path) -> None:
    code = (
        "import extractor, hashlib, pathlib, sys\n"
        "texts = [pathlib.Path(path).read_bytes().decode() for path in sys.argv[1:]]\n"
        "print(hashlib.sha256(''.join(extractor.extract(text).to_json() for text in texts).encode()).hexdigest())"
    )
    elsewhere = {"LC_ALL": "C", "TZ": "Asia/Shanghai", "HOME": str(tmp_path)}
    assert python(code, *CORPUS, PYTHONHASHSEED=seed, **elsewhere).strip() == digest()


def test_many_threads_give_the_same_results() -> None:
    texts = [contents(path) for path in CORPUS]
    shared = extractor.Extractor()
    alone = [shared.extract(text) for text in texts]
    with ThreadPoolExecutor(8) as pool:
        assert [*pool.map(shared.extract, texts)] == alone
        assert [*pool.map(extractor.extract, texts)] == alone


def test_the_first_call_may_come_from_many_threads_at_once() -> None:
    code = (
        "import sys, threading; sys.setswitchinterval(1e-6)\n"
        "from concurrent.futures import ThreadPoolExecutor\n"
        "gate = threading.Barrier(8)\n"
        "def read(text):\n"
        "    gate.wait()\n"
        "    import extractor\n"
        "    return extractor.extract(text).to_json()\n"
        "with ThreadPoolExecutor(8) as pool:\n"
        "    print(len({*pool.map(read, [sys.argv[1]] * 8)}))"
    )
    assert python(code, TEXT) == "1\n"


def test_a_spawned_process_gives_the_same_result() -> None:
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        assert [*pool.map(extractor.extract, [TEXT])] == [extractor.extract(TEXT)]


def test_an_extractor_goes_to_another_process() -> None:
    assert pickle.loads(pickle.dumps(extractor.Extractor())).extract(TEXT) == extractor.extract(TEXT)


def test_a_release_goes_to_another_process() -> None:
    release = extractor.extract(TEXT)
    assert pickle.loads(pickle.dumps(release)) == release


# jieba asks pkg_resources for its dictionary, which sets import hooks and filters of its own.
@pytest.mark.parametrize(("cutter", "jieba"), [("fast", set()), ("pure", {"hooks", "warnings"})])
def test_nothing_is_changed_for_the_rest_of_the_process(cutter: str, jieba: set[str], datadir: Path) -> None:
    pytest.importorskip("rjieba")
    assert {*python(datadir / "state.py", CORPUS[0], cutter).split()} <= jieba


def test_flags_of_the_caller_s_decimal_context_are_left_alone() -> None:
    for path in CORPUS:
        with decimal.localcontext() as context:
            context.clear_flags()
            extractor.extract(contents(path))
            assert not any(context.flags.values())


def test_the_caller_s_decimal_context_changes_no_number() -> None:
    texts = [contents(path) for path in CORPUS]
    usual = [extractor.extract(text) for text in texts]
    with decimal.localcontext(decimal.Context(prec=4, rounding=decimal.ROUND_UP, traps=[decimal.Inexact])):
        assert [extractor.extract(text) for text in texts] == usual


@pytest.mark.parametrize("cutter", ["fast", "pure"])
def test_no_file_is_written_and_nothing_started(cutter: str, datadir: Path, tmp_path: Path) -> None:
    for name in ("home", "temp", "work"):
        (tmp_path / name).mkdir()
    code = f"import os, runpy; os.chdir({str(tmp_path / 'work')!r}); runpy.run_path({str(datadir / 'watched.py')!r})"
    places = {
        "HOME": str(tmp_path / "home"),
        "TMPDIR": str(tmp_path / "temp"),
        "XDG_CACHE_HOME": str(tmp_path / "home"),
    }
    assert python(code, TEXT, cutter, **places) == ""
    assert [*(tmp_path / "home").rglob("*"), *(tmp_path / "temp").rglob("*"), *(tmp_path / "work").rglob("*")] == []


@pytest.mark.parametrize("text", ["", TEXT, "\x00" * 3, "新建9999999999999999999999999999999999所"], ids=ascii)
def test_nothing_is_printed_even_where_everything_is_logged(text: str) -> None:
    code = (
        "import json, logging, sys, warnings\n"
        "heard = []\n"
        "handler = logging.Handler(); handler.emit = heard.append\n"
        "logging.root.addHandler(handler); logging.root.setLevel(logging.DEBUG)\n"
        "import extractor\n"
        "for pure in (False, True):\n"
        "    extractor.Extractor(pure=pure).extract(json.loads(sys.argv[1]))\n"
        "assert all(record.levelno < logging.WARNING for record in heard)"
    )
    assert python(code, json.dumps(text)) == ""


def test_warnings_as_errors_stop_nothing() -> None:
    code = f"import warnings; warnings.simplefilter('error'); import extractor; extractor.extract({TEXT!r}).to_json()"
    assert python(code) == ""


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("12345678901.123456789所", "12345678901.123456789"),
        ("12345678901.123456789亿元", "1234567890112345678.9"),
        ("0.1234567890123456789%", "0.1234567890123456789"),
        ("20099.999999999996万人", "200999999.99999996"),
    ],
)
def test_long_numbers_are_exact(written: str, value: str) -> None:
    assert [quantity.value for quantity in extractor.quantities(f"完成{written}")] == [Decimal(value)]
