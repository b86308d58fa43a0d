"""Small meetings, with keys and salts that everybody knows."""

from hashlib import sha256

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from plenary.record import (
    Attachment,
    Bundle,
    Checkpoint,
    Entry,
    Tree,
    countersign,
    first_seal,
    seal_entry,
    sign_checkpoint,
    verifier_key,
)

ORIGIN = "sco/chs-2020-11-10"
SECRETARIAT = Ed25519PrivateKey.from_private_bytes(b"\x01" * 32)
KAZAKHSTAN = Ed25519PrivateKey.from_private_bytes(b"\x02" * 32)
FORGER = Ed25519PrivateKey.from_private_bytes(b"\x03" * 32)
LOG_KEY = verifier_key("secretariat", SECRETARIAT.public_key())
KAZAKHSTAN_KEY = verifier_key("kazakhstan", KAZAKHSTAN.public_key())
FORGED_KEY = verifier_key("secretariat", FORGER.public_key())

PROFILE = Attachment("profile", '{"name":"ШОС"}'.encode())
AGENDA = Attachment("documents/agenda", b'{"items":["1"]}')


def bodies(count: int, said: str = "thanks") -> list[bytes]:
    first = f'{{"number":0,"pins":{{"profile":"{PROFILE.digest}"}}}}'
    second = f'{{"number":1,"documents":{{"documents/agenda":"{AGENDA.digest}"}}}}'
    rest = [f'{{"number":{number},"said":"{said}\\n"}}' for number in range(2, count)]
    return [body.encode() for body in [first, second, *rest]][:count]


def sealed(acts: list[bytes], origin: str = ORIGIN) -> list[Entry]:
    previous = first_seal(origin)
    entries: list[Entry] = []
    for number, body in enumerate(acts):
        entry = seal_entry(previous, number, sha256(b"salt %d" % number).digest(), body)
        entries.append(entry)
        previous = entry.seal
    return entries


def tree_of(entries: list[Entry]) -> Tree:
    tree = Tree()
    for entry in entries:
        tree.append(entry.seal)
    return tree


def signed(
    entries: list[Entry],
    size: int,
    key: Ed25519PrivateKey = SECRETARIAT,
    origin: str = ORIGIN,
) -> str:
    checkpoint = Checkpoint(origin, size, tree_of(entries).root(size))
    return sign_checkpoint(checkpoint, "secretariat", key)


def small_bundle() -> Bundle:
    """Four entries, the third withheld; two checkpoints, the second countersigned; two attachments."""
    entries = sealed(bodies(4))
    return Bundle(
        origin=ORIGIN,
        keys=(LOG_KEY, KAZAKHSTAN_KEY),
        attachments=(PROFILE, AGENDA),
        entries=(entries[0], entries[1], entries[2].withhold(), entries[3]),
        checkpoints=(
            signed(entries, 2),
            countersign(signed(entries, 4), "kazakhstan", KAZAKHSTAN),
        ),
    )


def rewritten_bundle() -> Bundle:
    """Another meeting of the same origin, written and signed with a key of the forger's."""
    entries = sealed(bodies(4, said="no thanks"))
    return Bundle(
        origin=ORIGIN,
        keys=(FORGED_KEY,),
        attachments=(),
        entries=tuple(entries),
        checkpoints=(signed(entries, 4, FORGER),),
    )
