"""DOC, WPS, RTF, ODT -> DOCX by LibreOffice where it is installed, then as DOCX."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

from extractor.reading import word
from extractor.reading.document import Limits, ReadError, Text

_PROGRAMS = ("soffice", "libreoffice")
_SUFFIXES = {b"\xd0\xcf\x11\xe0": ".doc", b"{\\rt": ".rtf", b"PK\x03\x04": ".odt"}
_MISSING = "needs LibreOffice to be read: install it, or save the file as DOCX"
_FAILED = "could not be converted by LibreOffice; open it in a word processor and save it as DOCX"
# A profile that runs no macro and loads nothing that a document links to.
_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
</oor:items>
"""


def read(data: bytes, limits: Limits) -> Text:
    """The text of an older or open format of word processors, as that of the DOCX file it is converted to."""
    program = next(filter(None, map(shutil.which, _PROGRAMS)), None)
    if program is None:
        raise ReadError(_MISSING)
    with tempfile.TemporaryDirectory(prefix="extractor-", ignore_cleanup_errors=True) as folder:
        return word.read(_converted(program, data, Path(folder), limits), limits)


def _converted(program: str, data: bytes, folder: Path, limits: Limits) -> bytes:
    document = folder / f"document{_SUFFIXES.get(data[:4], '.doc')}"
    document.write_bytes(data)
    profile = folder / "profile" / "user"
    profile.mkdir(parents=True)
    (profile / "registrymodifications.xcu").write_text(_PROFILE, encoding="utf-8")
    converted = folder / "converted"
    _run([
        *(program, "--headless", "--norestore", f"-env:UserInstallation={profile.parent.as_uri()}"),
        *("--convert-to", "docx:Office Open XML Text", "--outdir", str(converted), str(document)),
    ], limits.seconds)  # fmt: skip
    made = converted / "document.docx"
    if not made.is_file():
        raise ReadError(_FAILED)
    return made.read_bytes()


def _run(command: list[str], seconds: float) -> None:
    """Run a program and all that it starts, for so long and no longer."""
    quiet = subprocess.DEVNULL
    with subprocess.Popen(command, stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True) as process:
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired as error:
            os.killpg(process.pid, signal.SIGKILL)
            raise ReadError(f"took LibreOffice longer than {seconds:g} seconds; save it as DOCX") from error
