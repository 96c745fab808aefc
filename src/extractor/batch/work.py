"""Contents -> results: in child processes, the fate of each content its own."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator, Sequence

import msgspec

from extractor import __version__
from extractor.batch.guard import Cells, Death
from extractor.batch.model import Bounds, Content, Order, Result
from extractor.batch.trouble import of_bug, of_read_error
from extractor.extractor import Extractor
from extractor.language.pack import Pack
from extractor.reading import Limits, ReadError, read_one
from extractor.record.release import Release
from extractor.record.validate import schema

RECORDER = "extractor.batch.work:recorder"
_NAME = "document"  # of every content while it is read, so that its record and its trouble depend on nothing else
_FAST = 1  # of zlib's levels: a sixth of the size, at no cost that shows
_READERS_SHARE = 0.9  # of the time: a reader that gives up by itself can say why
_CONTENT = msgspec.msgpack.Decoder(Content)
_RESULT = msgspec.msgpack.Decoder(Result)
_HERE = Cells()


def order(pack: str | None, rules: str, bounds: Bounds, target: str = RECORDER) -> Order:
    """What the child processes of a run are told; target: 'module:function' of what is called as recorder() is."""
    return Order(target, (pack or "", rules, str(bounds.seconds * _READERS_SHARE)), bounds)


def rules(pack: Pack) -> str:
    """What results depend on beside their content; where it differs, everything is done again."""
    return f"{__version__} {schema()['title']} {pack.version}"


def run(order: Order, contents: Sequence[Content], cells: Cells = _HERE) -> list[Result]:
    """A result for each content, in order; one that its process does not survive is tried once more, alone.

    cells: where the processes come from, by default those that this process keeps.
    """
    results: list[Result] = []
    while len(results) < len(contents):
        try:
            with cells.lend(order) as cell:
                for _, answer in cell.answers(contents[len(results) :]):
                    results.append(_RESULT.decode(answer))
        except Death:
            results.append(_alone(order, contents[len(results)], cells))
    return results


def recorder(pack: str, expected: str, seconds: str) -> Callable[[bytes], Iterator[bytes]]:
    """The function that makes the result of a content, for a child process.

    pack: folder of a user's rules, "" for none; expected: the rules to go by, RuntimeError where they are others;
    seconds: what a reader may take.
    """
    extractor = Extractor(pack or None)
    limits = Limits(seconds=float(seconds))
    if (found := rules(extractor.pack)) != expected:
        raise RuntimeError(f"it has the rules {found}, not {expected}; use the same version and pack for a whole run")

    def record(item: bytes) -> Iterator[bytes]:
        yield msgspec.msgpack.encode(_result(extractor, _CONTENT.decode(item), limits))

    return record


def _alone(order: Order, content: Content, cells: Cells) -> Result:
    # A neighbour may have filled or damaged the process before: only what ends a fresh one is to blame.
    try:
        with cells.lend(order, fresh=True) as cell:
            ((_, answer),) = cell.answers([content])
    except Death as death:
        return Result(None, trouble=death.trouble)
    return _RESULT.decode(answer)


def _result(extractor: Extractor, content: Content, limits: Limits) -> Result:
    try:
        document = read_one(content.data, name=_NAME + content.suffix, limits=limits)
        release = extractor.extract(document.text, source=document.source)
        release = release._replace(checks=release.checks + document.findings)
        return Result(zlib.compress(release.to_json().encode(), _FAST), _figures(release), len(release.checks))
    except ReadError as error:
        return Result(None, trouble=of_read_error(error))
    except MemoryError:
        raise
    except Exception as error:
        return Result(None, trouble=of_bug(error))


def _figures(release: Release) -> int:
    return len(release.figures) + sum(len(project.figures) for project in release.projects)
