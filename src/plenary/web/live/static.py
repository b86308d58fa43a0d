"""Files of the pages: stylesheets, scripts, fonts; found once, kept in memory, never listed."""

import hashlib
import mimetypes
import re
from pathlib import Path
from typing import Final

from django.contrib.staticfiles import finders

from plenary.feed.lines import Send
from plenary.web.live.answers import answer
from plenary.web.live.asking import not_found

PREFIX: Final = "/static/"
NAMED_BY_CONTENT: Final = re.compile(r"[-.][0-9A-Za-z_-]{8,}\.(?:js|css|woff2|svg|png|map)$")
"""A name with a digest in it: what it names never changes."""
MOST: Final = 400
LARGEST: Final = 8_000_000
TYPES: Final = {
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
    ".json": "application/json",
    ".webmanifest": "application/manifest+json",
}


class Files:
    """The files, by path; ``find`` is called in a thread."""

    def __init__(self) -> None:
        self._kept: dict[str, tuple[float, bytes, str]] = {}

    def find(self, path: str) -> tuple[bytes, str]:
        """Return the bytes and the ETag of the file at *path* under ``/static/``."""
        name = path.removeprefix(PREFIX)
        if "\0" in name or "\\" in name or ".." in name.split("/"):
            raise not_found()
        try:
            found = finders.find(name)
            place = Path(found) if isinstance(found, str) else None
            if place is None or not place.is_file() or place.stat().st_size > LARGEST:
                raise not_found()
            changed = place.stat().st_mtime
        except (OSError, ValueError) as error:
            raise not_found() from error
        kept = self._kept.get(name)
        if kept is None or kept[0] != changed:
            data = place.read_bytes()
            kept = (changed, data, f'"{hashlib.sha256(data).hexdigest()[:32]}"')
            if len(self._kept) >= MOST:
                self._kept.clear()
            self._kept[name] = kept
        return kept[1], kept[2]


async def send_file(send: Send, path: str, found: tuple[bytes, str], known: str) -> None:
    """Send a file that was found, or that the reader has it."""
    data, tag = found
    suffix = Path(path).suffix
    kind = TYPES.get(suffix) or mimetypes.guess_type(path)[0] or "application/octet-stream"
    lasting = NAMED_BY_CONTENT.search(path) is not None
    keep = b"public, max-age=31536000, immutable" if lasting else b"no-cache"
    headers = [(b"etag", tag.encode()), (b"cache-control", keep), (b"content-type", kind.encode())]
    if tag in known:
        await answer(send, 304, b"", headers)
    else:
        await answer(send, 200, data, headers)
