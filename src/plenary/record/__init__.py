"""The record: chains entries by hash and shows that nobody rewrote them.

Rule 1: standard library and Ed25519, nothing else; not `rules`. A ministry can verify with this room
alone, and read it first.
Rule 2: nothing here knows the time or makes up a salt or a key; they are arguments.
Rule 3: the bytes are those of docs/record-format.md, whose worked example a test recomputes.
Rule 4: a check returns the useful thing or raises `NotProven`, which names the section or entry.
Whoever writes badly (a wrong length, a body that is not canonical) gets a `ValueError`.
"""

from plenary.record.bundle import Attachment, Bundle, decode_bundle, encode_bundle
from plenary.record.checkpoint import (
    Checkpoint,
    SigningKey,
    countersign,
    open_checkpoint,
    sign_checkpoint,
    signers,
    verifier_key,
)
from plenary.record.entry import Entry, first_seal, seal_entry
from plenary.record.not_proven import NotProven
from plenary.record.proof import ProvenEntry, check_proof, is_proof, prove
from plenary.record.tree import Tree, verify_consistency, verify_inclusion
from plenary.record.verify import Proven, prove_bundle

__all__ = [
    "Attachment",
    "Bundle",
    "Checkpoint",
    "Entry",
    "NotProven",
    "Proven",
    "ProvenEntry",
    "SigningKey",
    "Tree",
    "check_proof",
    "countersign",
    "decode_bundle",
    "encode_bundle",
    "first_seal",
    "is_proof",
    "open_checkpoint",
    "prove",
    "prove_bundle",
    "seal_entry",
    "sign_checkpoint",
    "signers",
    "verifier_key",
    "verify_consistency",
    "verify_inclusion",
]
