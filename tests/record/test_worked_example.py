"""docs/record-format.md, recomputed from its own text, first without the room's code."""

import re
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from plenary.record import (
    Checkpoint,
    Tree,
    check_proof,
    countersign,
    encode_bundle,
    first_seal,
    prove,
    prove_bundle,
    seal_entry,
    sign_checkpoint,
    verifier_key,
)

PAGE = (Path(__file__).parents[2] / "docs" / "record-format.md").read_text("utf-8")
LOG = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
KAZAKHSTAN = Ed25519PrivateKey.from_private_bytes(bytes(range(32, 64)))


def block(kind: str) -> str:
    found = re.findall(rf"^```{kind}\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)
    assert len(found) == 1
    return str(found[0])


@pytest.fixture(scope="module")
def values() -> dict[str, str]:
    return dict(line.split(" = ", 1) for line in block("values").splitlines())


def digest(*parts: bytes) -> str:
    return sha256(b"".join(parts)).hexdigest()


def test_the_values_follow_from_the_rules_on_the_page(values: dict[str, str]):
    def raw(name: str) -> bytes:
        return bytes.fromhex(values[name])

    assert values["first seal"] == digest(b"\x04", values["origin"].encode())
    previous = "first seal"
    for number in range(3):
        body = values[f"body {number}"].encode()
        assert values[f"commitment {number}"] == digest(b"\x02", raw(f"salt {number}"), body)
        place = bytes(7) + bytes([number])
        sealed = digest(b"\x03", raw(previous), place, raw(f"commitment {number}"))
        assert values[f"seal {number}"] == sealed
        assert values[f"leaf {number}"] == digest(b"\x00", raw(f"seal {number}"))
        previous = f"seal {number}"
    assert values["root 0"] == digest()
    assert values["root 1"] == values["leaf 0"]
    assert values["root 2"] == digest(b"\x01", raw("leaf 0"), raw("leaf 1"))
    assert values["root 3"] == digest(b"\x01", raw("root 2"), raw("leaf 2"))
    assert len(values) == 2 + 3 * 5 + 4


def test_the_room_writes_the_bundle_and_the_proof_on_the_page(values: dict[str, str]):
    origin, tree, entries, notes = values["origin"], Tree(), [], []
    previous = first_seal(origin)
    for number in range(3):
        salt, body = bytes.fromhex(values[f"salt {number}"]), values[f"body {number}"].encode()
        entries.append(seal_entry(previous, number, salt, body))
        previous = entries[-1].seal
        tree.append(previous)
    for size in (2, 3):
        checkpoint = Checkpoint(origin, size, tree.root(size))
        notes.append(sign_checkpoint(checkpoint, "secretariat.example", LOG))
    notes[1] = countersign(notes[1], "kazakhstan", KAZAKHSTAN)
    keys = (
        verifier_key("secretariat.example", LOG.public_key()),
        verifier_key("kazakhstan", KAZAKHSTAN.public_key()),
    )
    proven = prove_bundle(block("bundle").encode(), keys[0], notes[0])
    assert (proven.root, proven.head) == (values["root 3"], values["seal 2"])
    assert proven.withheld == (1,)
    written = replace(
        proven.bundle,
        keys=keys,
        entries=(entries[0], entries[1].withhold(), entries[2]),
        checkpoints=tuple(notes),
    )
    assert encode_bundle(written) == block("bundle").encode()
    assert prove(entries, 2, keys, notes[1]) == block("proof").encode()
    assert check_proof(block("proof").encode(), keys[0]).entry == entries[2]
    assert f"```text\n{notes[1]}```" in PAGE
