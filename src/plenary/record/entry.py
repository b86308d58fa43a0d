"""Entries, and the chain that seals each to the one before.

Rule 1: an entry commits to its body by a salted digest, and the chain runs over these digests, so
that an entry can be withheld and the chain still holds. The salt keeps a short body from being
guessed from its digest.
Rule 2: every hash begins with a byte of its own (0x00 leaf, 0x01 node, 0x02 commitment, 0x03 seal,
0x04 origin), so that none can pass for another.
Rule 3: the chain begins at the origin, so that no entry can be moved to another meeting.
Rule 4: bodies are canonical JSON objects; beyond that nothing here reads them.
"""

import re
from dataclasses import dataclass, replace
from hashlib import sha256

from plenary.record.canonical import read_canonical

NAME = r"[!-*,-~]{1,120}"  # printable ASCII without space and '+', which signed notes reserve
WHOLE_NUMBER = r"0|[1-9][0-9]{0,17}"
DIGEST = r"[0-9a-f]{64}"

ENTRY_LINE = re.compile(
    rf"({WHOLE_NUMBER}) ({DIGEST}) (?:({DIGEST}) (\{{.*\}})|= ({DIGEST}))".encode()
)

_ORIGIN = re.compile(NAME)


@dataclass(frozen=True, slots=True)
class Entry:
    """One act of the meeting. Withheld, it keeps its place, seal and commitment, and nothing else."""

    number: int
    seal: bytes
    commitment: bytes
    salt: bytes | None
    body: bytes | None

    @property
    def withheld(self) -> bool:
        return self.body is None

    def withhold(self) -> "Entry":
        return replace(self, salt=None, body=None)


def commit(salt: bytes, body: bytes) -> bytes:
    return sha256(b"\x02" + salt + body).digest()


def seal(previous: bytes, number: int, commitment: bytes) -> bytes:
    return sha256(b"\x03" + previous + number.to_bytes(8, "big") + commitment).digest()


def first_seal(origin: str) -> bytes:
    """What entry 0 is sealed to; `ValueError` unless the origin is 1 to 120 printable ASCII
    characters without space and '+'.
    """
    if _ORIGIN.fullmatch(origin) is None:
        raise ValueError(f"not an origin: {origin!r}")
    return sha256(b"\x04" + origin.encode()).digest()


def seal_entry(previous: bytes, number: int, salt: bytes, body: bytes) -> Entry:
    """The next entry, sealed to the one before; `previous` is 32 bytes, and so is `salt`.

    `ValueError` if a later check could not accept it: a wrong length, a number out of range, a
    body that is not a canonical JSON object.
    """
    if len(previous) != 32 or len(salt) != 32 or not 0 <= number < 10**18:
        raise ValueError("a seal and a salt are 32 bytes, a number has 1 to 18 digits")
    if body[:1] != b"{":
        raise ValueError("a body is a JSON object")
    read_canonical(body)
    commitment = commit(salt, body)
    return Entry(number, seal(previous, number, commitment), commitment, salt, body)


def write_entry(entry: Entry) -> bytes:
    """The entry as one line of a bundle or proof, without the line's end."""
    start = f"{entry.number} {entry.seal.hex()} "
    if entry.salt is None or entry.body is None:
        return f"{start}= {entry.commitment.hex()}".encode()
    return f"{start}{entry.salt.hex()} ".encode() + entry.body


def read_entry(line: re.Match[bytes]) -> Entry:
    """The entry on a line that matched `ENTRY_LINE`; its seal is as stated, not yet checked.

    `ValueError` unless the body is canonical.
    """
    number, stated, salt_hex, body, commitment = line.groups()
    stated_seal = bytes.fromhex(stated.decode())
    if body is None:
        return Entry(int(number), stated_seal, bytes.fromhex(commitment.decode()), None, None)
    read_canonical(body)
    salt = bytes.fromhex(salt_hex.decode())
    return Entry(int(number), stated_seal, commit(salt, body), salt, body)
