"""The proof of one entry, without the rest of the record.

Rule 1: it carries the entry, the seal before it, the path up the tree and a signed checkpoint: all
that is hashed on the way from the body to the signature, and of other entries only digests.
Rule 2: it is laid out like a bundle (docs/record-format.md), and any changed byte is named alike.
Rule 3: as with a bundle, a proof without a key from outside is self-declared.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from plenary.record.bundle import ORIGIN_LINE, read_keys, read_notes, read_numbered
from plenary.record.canonical import write_canonical
from plenary.record.checkpoint import Checkpoint, open_checkpoint
from plenary.record.entry import DIGEST, ENTRY_LINE, Entry, first_seal, seal, write_entry
from plenary.record.lines import Lines, write_items, write_lines
from plenary.record.not_proven import NotProven
from plenary.record.tree import Tree, verify_inclusion
from plenary.record.verify import require_log_key

_HEADER = re.compile(b"plenary-proof 1")
_PREVIOUS_LINE = re.compile(f"previous ({DIGEST})".encode())
_PATH_LINE = re.compile(DIGEST.encode())


@dataclass(frozen=True, slots=True)
class ProvenEntry:
    """The entry is one of those under the checkpoint, signed with `key`; `self_declared` as in `verify.Proven`."""

    entry: Entry
    checkpoint: Checkpoint
    key: str
    self_declared: bool


def is_proof(data: bytes) -> bool:
    """Whether *data* is laid out as the proof of one entry, and not as a bundle."""
    return data.startswith(b"plenary-proof ")


def prove(entries: Sequence[Entry], number: int, keys: Sequence[str], note: str) -> bytes:
    """The proof that entry `number` is among those of the checkpoint `note`.

    `entries` are the record's, from 0 at least up to the checkpoint's size; `keys` are those whose
    signatures the note bears, the log key first. `NotProven` if the entries are not those signed.
    """
    checkpoint = open_checkpoint(note, keys)
    tree = Tree()
    for entry in entries[: checkpoint.size]:
        tree.append(entry.seal)
    if tree.root() != checkpoint.root:
        raise NotProven("checkpoints", "the entries are not those signed")
    path = tree.inclusion(number, checkpoint.size)
    previous = entries[number - 1].seal if number else first_seal(checkpoint.origin)
    return write_lines(
        [
            b"plenary-proof 1",
            f"origin {checkpoint.origin}".encode(),
            *write_items("keys", [key.encode() for key in keys]),
            f"previous {previous.hex()}".encode(),
            *write_items("entries", [write_entry(entries[number])]),
            *write_items("path", [step.hex().encode() for step in path]),
            *write_items("checkpoints", [write_canonical(note)]),
        ]
    )


def check_proof(data: bytes, key: str | None = None) -> ProvenEntry:
    """The entry that the proof shows, or `NotProven`; `key` is the log's, from elsewhere."""
    lines = Lines(data)
    lines.line("header", _HEADER)
    origin = lines.line("origin", ORIGIN_LINE)[1].decode()
    keys = read_keys(lines)
    previous = bytes.fromhex(lines.line("previous", _PREVIOUS_LINE)[1].decode())
    entry = _read_one_entry(lines)
    path = [bytes.fromhex(line[0].decode()) for line in lines.items("path", _PATH_LINE)]
    note = _read_one_note(lines)
    lines.end()
    require_log_key(keys, key)
    checkpoint = open_checkpoint(note, keys)
    if checkpoint.origin != origin:
        raise NotProven("origin", "the checkpoint is signed for another origin")
    if seal(previous, entry.number, entry.commitment) != entry.seal:
        raise NotProven(
            "entries", "its seal does not follow from it and the seal before", entry.number
        )
    verify_inclusion(entry.seal, entry.number, checkpoint.size, path, checkpoint.root)
    return ProvenEntry(entry, checkpoint, keys[0], self_declared=key is None)


def _read_one_entry(lines: Lines) -> Entry:
    found = list(lines.items("entries", ENTRY_LINE))
    if len(found) != 1:
        raise NotProven("entries", "a proof is of one entry")
    return read_numbered(found[0], int(found[0][1]))


def _read_one_note(lines: Lines) -> str:
    notes = read_notes(lines)
    if len(notes) != 1:
        raise NotProven("checkpoints", "a proof rests on one checkpoint")
    return notes[0]
