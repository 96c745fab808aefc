"""``extractor schema``: what a record may hold."""

from __future__ import annotations

from extractor.cli.bilingual import tr
from extractor.cli.command import command, lang, put


@command(
    tr(
        "输出记录的 JSON Schema（2020-12）：每个字段的含义、单位和示例。",
        "Print the JSON Schema (2020-12) of the record: meaning, unit and example of every field.",
    )
)
@lang()
def schema() -> None:
    """Print the published schema."""
    from extractor.record.encode import encode
    from extractor.record.validate import schema as published

    put(encode(published(), indent=2) + b"\n")
