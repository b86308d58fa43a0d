"""Checkpoints: the size and root of the record at one moment, signed (C2SP tlog-checkpoint and
signed-note, Ed25519).

Rule 1: a chain alone does not show that its tail was cut or that all of it was rewritten; a
checkpoint that others hold does.
Rule 2: every signature on a note must be by a known key and must verify, the first of them by the
log key. C2SP would let a reader pass over unknown signatures; here nothing unproved is passed over.
Rule 3: signing asks the key to sign and never sees it, so that it can live elsewhere.
"""

import re
from base64 import b64decode, b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Protocol

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from plenary.record.entry import NAME, WHOLE_NUMBER
from plenary.record.not_proven import NotProven

VERIFIER_KEY = re.compile(rf"({NAME})\+([0-9a-f]{{8}})\+([A-Za-z0-9+/]{{44}})")

_NOTE = re.compile(
    rf"(({NAME})\n({WHOLE_NUMBER})\n([A-Za-z0-9+/]{{43}}=)\n)\n((?:— {NAME} [A-Za-z0-9+/]{{91}}=\n)+)"
)
_NAME = re.compile(NAME)
_ED25519 = b"\x01"  # the algorithm byte of signed-note


class SigningKey(Protocol):
    """An Ed25519 key that can be asked; `Ed25519PrivateKey` is one."""

    def sign(self, data: bytes, /) -> bytes: ...

    def public_key(self) -> Ed25519PublicKey: ...


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The first `size` entries of `origin` have this root (32 bytes)."""

    origin: str
    size: int
    root: bytes

    def __post_init__(self) -> None:
        if _NAME.fullmatch(self.origin) is None:
            raise ValueError(f"not an origin: {self.origin!r}")
        if not 0 <= self.size < 10**18 or len(self.root) != 32:
            raise ValueError("a size has 1 to 18 digits, a root is 32 bytes")

    @property
    def text(self) -> str:
        """What is signed."""
        return f"{self.origin}\n{self.size}\n{_base64(self.root)}\n"


@dataclass(frozen=True, slots=True)
class VerifierKey:
    """A name, the first four bytes of the key's hash, and the public key (32 bytes)."""

    name: str
    hash: bytes
    public: bytes


def verifier_key(name: str, public_key: Ed25519PublicKey) -> str:
    """The key as text, to be published and compared: `name+hash+base64`."""
    public = public_key.public_bytes_raw()
    return f"{name}+{_key_hash(name, public).hex()}+{_base64(_ED25519 + public)}"


def read_verifier_key(text: str) -> VerifierKey:
    """`ValueError` unless it is an Ed25519 key whose hash agrees with its name and bytes."""
    parts = VERIFIER_KEY.fullmatch(text)
    if parts is None:
        raise ValueError("not a verifier key: name+hash+key")
    name, stated, encoded = parts.groups()
    key = b64decode(encoded)  # 33 bytes are 44 characters to the bit: no second spelling exists
    if key[:1] != _ED25519:
        raise ValueError("not an Ed25519 key")
    if _key_hash(name, key[1:]).hex() != stated:
        raise ValueError("the key's hash does not agree with its name and bytes")
    return VerifierKey(name, bytes.fromhex(stated), key[1:])


def sign_checkpoint(checkpoint: Checkpoint, name: str, private_key: SigningKey) -> str:
    """The checkpoint as a note with its first signature."""
    return f"{checkpoint.text}\n{_signature_line(checkpoint.text, name, private_key)}"


def countersign(note: str, name: str, private_key: SigningKey) -> str:
    """The note with one more signature. It looks at the form only: open the checkpoint, and compare
    its root with your own, before you sign.
    """
    parts = _NOTE.fullmatch(note)
    if parts is None:
        raise ValueError("not a checkpoint")
    if name in signers(note):
        raise ValueError(f"already signed by {name}")
    return note + _signature_line(parts[1], name, private_key)


def signers(note: str) -> tuple[str, ...]:
    """The names on a note's signature lines, in order; they are claims until the note is opened."""
    return tuple(line.split(" ")[1] for line in note.splitlines() if line.startswith("— "))


def open_checkpoint(note: str, vkeys: Sequence[str]) -> Checkpoint:
    """The checkpoint of a note on which every signature is by one of `vkeys` and verifies, the first
    by the first of them, the log key.
    """
    parts = _NOTE.fullmatch(note)
    if parts is None:
        raise NotProven("checkpoints", "not a checkpoint")
    text, origin, size, root, signatures = parts.groups()
    try:
        keys = [read_verifier_key(vkey) for vkey in vkeys]
    except ValueError as error:
        raise NotProven("keys", str(error)) from error
    _check_signatures(text, signatures.splitlines(), keys)
    return Checkpoint(origin, int(size), _unbase64(root))


def _check_signatures(text: str, lines: Sequence[str], keys: Sequence[VerifierKey]) -> None:
    known = {(key.name, key.hash): key for key in keys}
    signed: list[VerifierKey] = []
    for line in lines:
        _, name, encoded = line.split(" ")
        signature = _unbase64(encoded)
        key = known.get((name, signature[:4]))
        if key is None:
            raise NotProven("checkpoints", f"signed by {name} with a key that is not known")
        if key in signed:
            raise NotProven("checkpoints", f"signed twice by {name}")
        _check_signature(text, signature[4:], key)
        signed.append(key)
    if signed[0] != keys[0]:
        raise NotProven("checkpoints", "the first signature is not by the log key")


def _check_signature(text: str, signature: bytes, key: VerifierKey) -> None:
    try:
        Ed25519PublicKey.from_public_bytes(key.public).verify(signature, text.encode())
    except InvalidSignature as error:
        raise NotProven("checkpoints", f"the signature of {key.name} does not verify") from error


def _signature_line(text: str, name: str, private_key: SigningKey) -> str:
    if _NAME.fullmatch(name) is None:
        raise ValueError(f"not a key name: {name!r}")
    key_hash = _key_hash(name, private_key.public_key().public_bytes_raw())
    return f"— {name} {_base64(key_hash + private_key.sign(text.encode()))}\n"


def _key_hash(name: str, public: bytes) -> bytes:
    return sha256(name.encode() + b"\n" + _ED25519 + public).digest()[:4]


def _base64(data: bytes) -> str:
    return b64encode(data).decode()


def _unbase64(text: str) -> bytes:
    """Base64 with its spare bits zero: one spelling, so that a changed letter is a changed note."""
    data = b64decode(text, validate=True)
    if _base64(data) != text:
        raise NotProven("checkpoints", "base64 that is not canonical")
    return data
