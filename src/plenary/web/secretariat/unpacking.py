"""A summit folder as it is sent: a zip file, unpacked within bounds.

Rule 1: a name that leads out of the folder, a link, an encrypted file, and whatever is more than the bounds
is a fault; nothing is mended.
Rule 2: what counts is what really comes out, never what the zip file says of itself.
Rule 3: only what a summit folder has is written, and nothing else of what was sent.
Rule 4: what is wrong here is said in the reader's language; what is wrong within the files, in English.
"""

import io
import re
import stat
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from django.utils.translation import gettext

from plenary.folders.folder import AGENDA, DOCUMENTS, ROSTER, SCRIPT, SUMMIT
from plenary.rules.profile_reading import Fault

MOST_ZIPPED: Final = 2_500_000
"""Bytes of the zip file; it goes along in the form of the preview."""
MOST_OF_ONE: Final = 2_000_000
MOST_UNPACKED: Final = 20_000_000
MOST_FILES: Final = 2_000

TABLES: Final = (SUMMIT, ROSTER, AGENDA, DOCUMENTS, SCRIPT)
TEXT: Final = re.compile(r"documents/[A-Za-z0-9][A-Za-z0-9._-]{0,150}\.md")
WHOLE: Final = "(the whole file)"
UNREADABLE: Final = (
    *(zipfile.BadZipFile, zlib.error, EOFError, OSError),
    *(RuntimeError, NotImplementedError, ValueError),
)
"""What Python's reader raises at a zip file that is damaged, encrypted or packed in another way."""


def unpack(data: bytes, folder: Path) -> list[Fault]:
    """Write what a summit folder has from the zip file *data* into *folder*; return what is wrong."""
    if not data:
        nothing = gettext("Choose a zip file, or a summit that comes with Plenary.")
        return [Fault("zip", WHOLE, nothing)]
    if len(data) > MOST_ZIPPED:
        return [Fault("zip", WHOLE, gettext("expected at most %(n)s bytes") % {"n": MOST_ZIPPED})]
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as zipped:
            parts = [part for part in zipped.infolist() if not part.is_dir()]
            faults = list(_misnamed(parts))
            return faults or _written(zipped, parts, folder)
    except UNREADABLE:
        return [Fault("zip", WHOLE, gettext("expected a zip file that can be read"))]


def _misnamed(parts: list[zipfile.ZipInfo]) -> Iterator[Fault]:
    if len(parts) > MOST_FILES:
        yield Fault("zip", WHOLE, gettext("expected at most %(n)s files") % {"n": MOST_FILES})
        return
    seen: set[str] = set()
    for part in parts:
        name, called = part.filename, part.filename[:200]
        steps = name.split("/")
        if "\\" in name or ":" in name or any(step in ("", ".", "..") for step in steps):
            yield Fault(called, WHOLE, gettext("expected a name within the folder"))
        if stat.S_IFMT(part.external_attr >> 16) not in (0, stat.S_IFREG):
            yield Fault(called, WHOLE, gettext("expected a plain file, no link"))
        if part.flag_bits & 0x1:
            yield Fault(called, WHOLE, gettext("expected a file that is not encrypted"))
        if name in seen:
            yield Fault(called, WHOLE, gettext("expected each name once"))
        seen.add(name)


def _written(zipped: zipfile.ZipFile, parts: list[zipfile.ZipInfo], folder: Path) -> list[Fault]:
    before, left = _before(parts), MOST_UNPACKED
    for part in parts:
        name = part.filename.removeprefix(before)
        if not (part.filename.startswith(before) and (name in TABLES or TEXT.fullmatch(name))):
            continue
        with zipped.open(part) as packed:
            content = packed.read(MOST_OF_ONE + 1)
        left -= len(content)
        if len(content) > MOST_OF_ONE:
            return [
                Fault(name, WHOLE, gettext("expected at most %(n)s bytes") % {"n": MOST_OF_ONE})
            ]
        if left < 0:
            return [
                Fault(
                    "zip",
                    WHOLE,
                    gettext("expected at most %(n)s bytes in all files") % {"n": MOST_UNPACKED},
                )
            ]
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return []


def _before(parts: list[zipfile.ZipInfo]) -> str:
    """Return the folder within the zip file in which the summit folder's files are, if there is one."""
    found = [part.filename.removesuffix(SUMMIT) for part in parts]
    places = [each for part, each in zip(parts, found, strict=True) if part.filename != each]
    places = [each for each in places if each == "" or each.endswith("/")]
    return min(places, key=len, default="")
