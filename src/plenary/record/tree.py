"""The Merkle tree over the seals (RFC 6962, section 2.1; RFC 9162, section 2.1).

Rule 1: the tree only grows; `append` costs a constant number of hashes on average.
Rule 2: a root of `size` entries, once given away, binds all of them: an inclusion proof shows that
one entry is among them, a consistency proof that a later tree still begins with them.
Rule 3: the one who makes a proof and the one who checks it walk down the tree by the same function.
"""

from collections.abc import Sequence
from hashlib import sha256

from plenary.record.not_proven import NotProven

EMPTY_ROOT = sha256(b"").digest()

Span = tuple[int, int]  # the leaves from the first number up to, but without, the second


def _leaf(seal: bytes) -> bytes:
    return sha256(b"\x00" + seal).digest()


def _node(left: bytes, right: bytes) -> bytes:
    return sha256(b"\x01" + left + right).digest()


def _middle(start: int, stop: int) -> int:
    """Where RFC 6962 divides a span: the left part is the largest power of two that leaves a rest."""
    return start + (1 << (stop - start - 1).bit_length() - 1)


def _inclusion_spans(number: int, size: int) -> list[Span]:
    """The subtrees beside the way from leaf `number` up to the root, lowest first."""
    start, stop = 0, size
    beside: list[Span] = []
    while stop - start > 1:
        middle = _middle(start, stop)
        if number < middle:
            beside.append((middle, stop))
            stop = middle
        else:
            beside.append((start, middle))
            start = middle
    return beside[::-1]


def _consistency_spans(old: int, new: int) -> list[Span]:
    """The subtrees that rebuild both roots, lowest first; 0 < old <= new.

    The way down ends at the subtree whose last leaf is the old tree's last. Where that subtree is
    the whole old tree its hash is the old root, which the checker has; else it comes first.
    """
    start, stop = 0, new
    beside: list[Span] = []
    while stop != old:
        middle = _middle(start, stop)
        if old <= middle:
            beside.append((middle, stop))
            stop = middle
        else:
            beside.append((start, middle))
            start = middle
    if start > 0:
        beside.append((start, stop))
    return beside[::-1]


class Tree:
    """A tree in memory. `_levels[h][i]` is the hash of the 2**h leaves that begin at i * 2**h."""

    __slots__ = ("_levels",)

    def __init__(self) -> None:
        self._levels: list[list[bytes]] = [[]]

    @property
    def size(self) -> int:
        return len(self._levels[0])

    def append(self, seal: bytes) -> None:
        complete = _leaf(seal)
        for level in self._levels:
            level.append(complete)
            if len(level) % 2:
                return
            complete = _node(level[-2], complete)
        self._levels.append([complete])

    def root(self, size: int | None = None) -> bytes:
        """The root of the first `size` entries, of all of them if not said."""
        size = self.size if size is None else size
        self._require(0 <= size <= self.size)
        return self._hash(0, size) if size else EMPTY_ROOT

    def inclusion(self, number: int, size: int) -> list[bytes]:
        """Shows that entry `number` is among the first `size`."""
        self._require(0 <= number < size <= self.size)
        return [self._hash(*span) for span in _inclusion_spans(number, size)]

    def consistency(self, old: int, new: int) -> list[bytes]:
        """Shows that the first `new` entries begin with the first `old`."""
        self._require(0 <= old <= new <= self.size)
        return [self._hash(*span) for span in _consistency_spans(old, new)] if old else []

    def _hash(self, start: int, stop: int) -> bytes:
        width = stop - start
        if width & (width - 1) == 0:  # a complete subtree; the way down keeps `start` aligned
            return self._levels[width.bit_length() - 1][start // width]
        middle = _middle(start, stop)
        return _node(self._hash(start, middle), self._hash(middle, stop))

    def _require(self, within: object) -> None:
        if not within:
            raise ValueError(f"no such part of a tree of {self.size}")


def verify_inclusion(
    seal: bytes, number: int, size: int, path: Sequence[bytes], root: bytes
) -> None:
    """Raises `NotProven` unless `path` shows that `seal` is entry `number` of the `size` under
    `root`.
    """
    spans = _inclusion_spans(number, size) if 0 <= number < size else None
    if spans is None or len(spans) != len(path):
        raise NotProven("path", f"not a path to entry {number} of {size}")
    current = _leaf(seal)
    for (start, _), sibling in zip(spans, path, strict=True):
        current = _node(current, sibling) if start > number else _node(sibling, current)
    if current != root:
        raise NotProven("path", f"entry {number} is not under this root")


def verify_consistency(
    old: int, old_root: bytes, new: int, new_root: bytes, path: Sequence[bytes]
) -> None:
    """Raises `NotProven` unless `path` shows that the tree of `new` entries begins with the tree
    of `old`.
    """
    spans = _consistency_spans(old, new) if 0 < old <= new else []
    if not 0 <= old <= new or len(spans) != len(path):
        raise NotProven("path", f"not a path from {old} entries to {new}")
    shown = _rebuild(old, old_root, spans, path) if old else (EMPTY_ROOT, new_root)
    if shown != (old_root, new_root):
        raise NotProven("path", f"the {new} entries do not begin with the {old}")


def _rebuild(
    old: int, old_root: bytes, spans: Sequence[Span], path: Sequence[bytes]
) -> tuple[bytes, bytes]:
    """The two roots that the path leads to."""
    steps = list(zip(spans, path, strict=True))
    lowest = steps.pop(0)[1] if steps and spans[0][1] == old else old_root
    before = after = lowest
    for (start, _), sibling in steps:
        if start >= old:  # grown later: beside the old tree, not in it
            after = _node(after, sibling)
        else:
            before, after = _node(sibling, before), _node(sibling, after)
    return before, after
