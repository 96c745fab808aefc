"""Plain text: whatever its encoding, the characters that were written come back, with their line ends."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractor.reading import ReadError, read_one
from extractor.reading.encoding import decode

SIMPLIFIED = "云岭市2023年民生实事：完成投资58.85亿元，\r\n惠及63.2万人。\r〇八年\n"
TRADITIONAL = "雲嶺市2023年民生實事：完成投資58.85億元，\r\n惠及63.2萬人。"
SPELLINGS = [
    (text, codec)
    for text, codecs in (
        (SIMPLIFIED, ("utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be", "utf-32")),
        (TRADITIONAL, ("utf-8", "utf-8-sig", "big5hkscs", "gb18030", "utf-16", "utf-16-le", "utf-16-be")),
        ("2023: 58.85", ("ascii", "utf-16-le", "utf-16-be", "utf-16")),
        ("鰂魚涌邨完成12項", ("big5hkscs",)),
        ("镕喆〇㐂公园建成3处，投资2.1亿元", ("gb18030",)),
        ("民生", ("gb18030", "utf-8")),
        ("完成", ("gb18030", "utf-8")),
    )
    for codec in codecs
]


@pytest.mark.parametrize(("text", "codec"), SPELLINGS)
def test_the_text_comes_back_from_any_encoding(text: str, codec: str) -> None:
    data = text.encode(codec)
    document = read_one(data)
    assert document.text == text
    assert document.findings == ()
    assert document.source.characters == len(text)
    assert document.source.media_type == "text/plain"
    assert document.source.encoding
    assert data.decode(document.source.encoding) == text


@pytest.mark.parametrize("codec", ["utf-8", "gb18030", "big5hkscs", "utf-16-le"])
def test_a_longer_text_is_told_by_any_part_of_it(codec: str, shared_datadir: Path) -> None:
    text = (shared_datadir / "release.txt").read_text(encoding="utf-8")
    if codec == "big5hkscs":
        text = "".join(character for character in text if character.encode(codec, "ignore"))
    for start in range(0, len(text), 37):
        part = text[start : start + 60]
        assert decode(part.encode(codec)).text == part


@pytest.mark.parametrize(
    ("declared", "text", "codec"),
    [
        ("gb2312", "朱镕喆等〇八年建成公园3处", "gb18030"),
        ("GBK", "朱镕喆等〇八年建成公园3处", "gb18030"),
        ("big5", "邨裏興建學校3所", "big5hkscs"),
        ("utf-8", "朱镕喆等〇八年建成公园3处", "gb18030"),
        ("no-such-encoding", "朱镕喆等〇八年建成公园3处", "gb18030"),
    ],
)
def test_a_declared_encoding_means_its_whole_family(declared: str, text: str, codec: str) -> None:
    assert decode(text.encode(codec), declared=declared).text == text


def test_a_false_declaration_is_not_believed() -> None:
    assert decode(SIMPLIFIED.encode(), declared="gb2312").text == SIMPLIFIED
    assert decode((TRADITIONAL * 3).encode("big5hkscs"), declared="gb2312").text == TRADITIONAL * 3


@pytest.mark.parametrize("codec", ["utf-8", "gb18030"])
@pytest.mark.parametrize("damage", [b"\xff", b"\xff\xff\xfe"])
def test_damaged_bytes_are_counted_and_the_rest_is_kept(codec: str, damage: bytes) -> None:
    before, after = "一、完成投资58.85亿元。" * 20, "二、惠及63.2万人。" * 20
    document = read_one(before.encode(codec) + damage + after.encode(codec))
    (finding,) = document.findings
    assert finding.code == "replacement-characters"
    assert finding.severity == "warning"
    assert finding.span
    assert finding.span.start == len(before)
    assert document.text[: finding.span.start] == before
    assert document.text.endswith(after[5:])
    lost = document.text.count("\ufffd")
    assert finding.message.startswith(f"{lost} of {len(document.text)} characters")


def test_a_text_cut_inside_a_character_is_read() -> None:
    document = read_one(SIMPLIFIED.encode()[:-1] + "惠".encode()[:2])
    assert document.text.startswith(SIMPLIFIED[:-1])
    assert [finding.code for finding in document.findings] == ["replacement-characters"]


@pytest.mark.parametrize(
    "data",
    [
        bytes(range(256)) * 40,
        b"\0" * 5000,
        b"\x7fELF\x02\x01\x01" + bytes(range(0, 250, 3)) * 60,
        b"\x01\x02\x03\x04" * 500,
    ],
    ids=["all-bytes", "nul", "program", "controls"],
)
def test_binary_data_is_refused(data: bytes) -> None:
    with pytest.raises(ReadError, match=r"^disk\.img holds binary data.*; save it as") as refusal:
        read_one(data, name="disk.img")
    assert refusal.value.stage == "decode"
