"""Proves a bundle: nobody rewrote, moved, removed or added an entry.

Rule 1: nothing is asked of a server, a clock or the network; the file, and what the reader received
from elsewhere, are all there is.
Rule 2: the checks stand in an order in which the first to fail is at fault: signatures, then the
origin they name, then each seal, then the attachments that sealed entries name, then the roots.
Rule 3: without a key from outside, the proof is self-declared: whoever wrote the file could have
made the key. Without a checkpoint from outside, who holds the key could have written all anew.
Rule 4: whether the acts were in order and the meeting was closed is not looked at here.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from plenary.record.bundle import Attachment, Bundle, decode_bundle
from plenary.record.checkpoint import Checkpoint, open_checkpoint
from plenary.record.entry import Entry, first_seal, seal
from plenary.record.not_proven import NotProven
from plenary.record.tree import Tree

__all__ = ["OTHER_KEY", "NotProven", "Proven", "prove_bundle"]

OTHER_KEY = "the log key is not the key that you hold"


@dataclass(frozen=True, slots=True)
class Proven:
    """What was proved: the `bundle` holds the first `size` entries of `origin`, all of them.

    `root` is the tree's root and `head` the last seal, both in hex; `withheld` are the numbers of
    the entries of which only the digest is known; `self_declared` says that the key came with the
    bundle.
    """

    origin: str
    size: int
    root: str
    head: str
    withheld: tuple[int, ...]
    self_declared: bool
    bundle: Bundle


def prove_bundle(data: bytes, key: str | None = None, checkpoint: str | None = None) -> Proven:
    """What the bundle proves, or `NotProven`.

    `key` is the log's verifier key and `checkpoint` a signed note, each received on another way
    than the bundle.
    """
    bundle = decode_bundle(data)
    require_log_key(bundle.keys, key)
    checkpoints = _open_all(bundle)
    tree = _check_chain(bundle.origin, bundle.entries)
    _check_attachments(bundle.attachments, bundle.entries)
    _check_roots(checkpoints, tree)
    if checkpoint is not None:
        _check_outside(open_checkpoint(checkpoint, bundle.keys), bundle.origin, tree)
    entries = bundle.entries
    return Proven(
        origin=bundle.origin,
        size=tree.size,
        root=tree.root().hex(),
        head=(entries[-1].seal if entries else first_seal(bundle.origin)).hex(),
        withheld=tuple(entry.number for entry in entries if entry.withheld),
        self_declared=key is None,
        bundle=bundle,
    )


def require_log_key(keys: Sequence[str], key: str | None) -> None:
    """The log key is the first, and every checkpoint's first signature must be by it."""
    if key is not None and key != keys[0]:
        raise NotProven("keys", OTHER_KEY)


def _open_all(bundle: Bundle) -> list[Checkpoint]:
    checkpoints = [open_checkpoint(note, bundle.keys) for note in bundle.checkpoints]
    if not checkpoints:
        raise NotProven("checkpoints", "there is none, so the entries could end anywhere")
    origins = {checkpoint.origin for checkpoint in checkpoints}
    if bundle.origin not in origins:
        raise NotProven("origin", "the checkpoints are signed for another origin")
    if len(origins) > 1:
        raise NotProven("checkpoints", "one is signed for another origin")
    return checkpoints


def _check_chain(origin: str, entries: Sequence[Entry]) -> Tree:
    tree = Tree()
    previous = first_seal(origin)
    for entry in entries:
        previous = seal(previous, entry.number, entry.commitment)
        if entry.seal != previous:
            raise NotProven(
                "entries", "its seal does not follow from it and the entry before", entry.number
            )
        tree.append(previous)
    return tree


def _check_attachments(attachments: Sequence[Attachment], entries: Sequence[Entry]) -> None:
    """An open entry's body holds the member "NAME":"DIGEST".

    Inside a JSON string every quotation mark is escaped, so these bytes can only be a member.
    """
    for attachment in attachments:
        member = f'"{attachment.name}":"{attachment.digest}"'.encode()
        if not any(entry.body is not None and member in entry.body for entry in entries):
            raise NotProven("attachments", f"no open entry names {attachment.name} by this digest")


def _check_roots(checkpoints: Sequence[Checkpoint], tree: Tree) -> None:
    sizes = [checkpoint.size for checkpoint in checkpoints]
    if sizes != sorted(set(sizes)):
        raise NotProven("checkpoints", "their sizes do not increase")
    if sizes[-1] != tree.size:
        raise NotProven(
            "checkpoints", f"the last is of {sizes[-1]} entries, the bundle has {tree.size}"
        )
    for checkpoint in checkpoints:
        if checkpoint.root != tree.root(checkpoint.size):
            raise NotProven(
                "checkpoints", f"the first {checkpoint.size} entries are not those signed"
            )


def _check_outside(checkpoint: Checkpoint, origin: str, tree: Tree) -> None:
    if checkpoint.origin != origin:
        raise NotProven("origin", "the checkpoint that you hold is of another origin")
    if checkpoint.size > tree.size or checkpoint.root != tree.root(checkpoint.size):
        raise NotProven(
            "checkpoints",
            "the record was rewritten or cut: it does not begin with the "
            f"{checkpoint.size} entries of the checkpoint that you hold",
        )
