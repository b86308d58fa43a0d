from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pymerkle import InmemoryTree  # type: ignore[import-untyped]

from plenary.record import NotProven, Tree, verify_consistency, verify_inclusion

SIZE = 130
SEALS = [sha256(b"%d" % number).digest() for number in range(SIZE)]


def grown(size: int) -> Tree:
    tree = Tree()
    for seal in SEALS[:size]:
        tree.append(seal)
    return tree


TREE = grown(SIZE)


@pytest.fixture(scope="module")
def oracle() -> InmemoryTree:
    tree = InmemoryTree(algorithm="sha256")
    for seal in SEALS:
        tree.append_entry(seal)
    return tree


def test_roots_are_those_of_an_independent_implementation(oracle: InmemoryTree):
    assert TREE.root() == oracle.get_root()
    for size in range(1, SIZE + 1):
        assert TREE.root(size) == oracle.get_root(size) == grown(size).root()


def test_inclusion_paths_hold_the_hashes_of_an_independent_implementation(oracle: InmemoryTree):
    for size in range(1, SIZE + 1, 3):
        for number in range(0, size, 5):
            theirs = oracle.prove_inclusion(number + 1, size).serialize()["path"]
            own_leaf = sha256(b"\x00" + SEALS[number]).digest()
            ours = [own_leaf, *TREE.inclusion(number, size)]
            assert sorted(step.hex() for step in ours) == sorted(theirs)


def test_consistency_paths_hold_the_hashes_of_an_independent_implementation(oracle: InmemoryTree):
    for new in range(1, SIZE + 1, 3):
        for old in range(1, new, 2):
            theirs = oracle.prove_consistency(old, new).serialize()["path"]
            ours = TREE.consistency(old, new)
            if old & (old - 1) == 0:  # the old root is the checker's already
                ours = [TREE.root(old), *ours]
            assert sorted(step.hex() for step in ours) == sorted(theirs)


def test_every_entry_of_every_tree_is_proved_to_be_included():
    for size in range(1, SIZE + 1):
        root = TREE.root(size)
        for number in range(size):
            verify_inclusion(SEALS[number], number, size, TREE.inclusion(number, size), root)


def test_every_tree_is_proved_to_begin_with_every_earlier_one():
    for new in range(SIZE + 1):
        for old in range(new + 1):
            path = TREE.consistency(old, new)
            verify_consistency(old, TREE.root(old), new, TREE.root(new), path)


sizes = st.integers(1, SIZE)


@given(sizes, st.data())
def test_an_inclusion_path_proves_one_entry_at_one_place_only(size: int, data: st.DataObject):
    number = data.draw(st.integers(0, size - 1))
    root, path = TREE.root(size), TREE.inclusion(number, size)
    other = data.draw(st.integers(0, SIZE - 1).filter(lambda other: other != number))
    false_claims = [
        (SEALS[other], number, path, root),
        (SEALS[number], other, path, root),
        (SEALS[number], number, path[1:] if path else [root], root),
        (SEALS[number], number, [*path, root], root),
        (SEALS[number], number, path, SEALS[0]),
        (SEALS[number], -1, path, root),
        (SEALS[number], size, path, root),
    ]
    for seal, place, steps, claimed in false_claims:
        with pytest.raises(NotProven):
            verify_inclusion(seal, place, size, steps, claimed)


@given(sizes, st.data())
def test_a_consistency_path_proves_one_pair_of_trees_only(new: int, data: st.DataObject):
    old = data.draw(st.integers(1, new))
    path, old_root, new_root = TREE.consistency(old, new), TREE.root(old), TREE.root(new)
    place = data.draw(st.integers(0, max(len(path) - 1, 0)))
    damaged = [SEALS[0] if index == place else step for index, step in enumerate(path)]
    false_claims = [
        (old, SEALS[0], new, new_root, path),
        (old, old_root, new, SEALS[0], path),
        (old, old_root, new, new_root, [*path, old_root]),
        (old, old_root, new, new_root, damaged or [SEALS[0]]),
        (new + 1, old_root, new, new_root, path),
        (-1, old_root, new, new_root, path),
    ]
    for claim in false_claims:
        with pytest.raises(NotProven):
            verify_consistency(*claim)


def test_only_the_empty_tree_has_nothing_in_it():
    empty = Tree()
    assert empty.size == 0
    assert empty.root() == sha256(b"").digest()
    verify_consistency(0, empty.root(), 5, TREE.root(5), [])
    with pytest.raises(NotProven):
        verify_consistency(0, SEALS[0], 5, TREE.root(5), [])


def test_what_is_not_in_the_tree_is_not_proved():
    for ask in (
        lambda: TREE.root(SIZE + 1),
        lambda: TREE.root(-1),
        lambda: TREE.inclusion(3, 3),
        lambda: TREE.inclusion(0, SIZE + 1),
        lambda: TREE.consistency(4, 3),
        lambda: TREE.consistency(1, SIZE + 1),
    ):
        with pytest.raises(ValueError, match="no such part"):
            ask()
