"""How long a ministry waits for the proof of a long record.

`python benchmarks/record_verify.py [ENTRIES]` builds a bundle once, proves it three times, and prints
the median beside the time of one SHA-256 over the same bytes, in the same run. It asserts nothing.
"""

import sys
from hashlib import sha256
from statistics import median
from time import perf_counter

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from plenary.record import (
    Bundle,
    Checkpoint,
    Entry,
    Tree,
    encode_bundle,
    first_seal,
    prove_bundle,
    seal_entry,
    sign_checkpoint,
    verifier_key,
)

ORIGIN = "benchmark/long-meeting"
KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
TEXT = "The delegation thanked the presidency and supported the text before the meeting. " * 4


def body(number: int) -> bytes:
    return (
        f'{{"number":{number},"time":"2020-11-10T09:00:00Z","person":"p-{number % 97}",'
        f'"seat":"s-{number % 18}","act":"statement","facts":{{"connected":[1,2,3,5,8],'
        f'"language":"ru"}},"text":"{TEXT}","visibility":"public"}}'
    ).encode()


def build(count: int) -> bytes:
    tree, entries, notes = Tree(), list[Entry](), list[str]()
    previous = first_seal(ORIGIN)
    for number in range(count):
        entry = seal_entry(previous, number, sha256(b"%d" % number).digest(), body(number))
        previous = entry.seal
        tree.append(previous)
        entries.append(entry.withhold() if number % 50 == 1 else entry)
        if (number + 1) % 1000 == 0 or number + 1 == count:
            checkpoint = Checkpoint(ORIGIN, tree.size, tree.root())
            notes.append(sign_checkpoint(checkpoint, "benchmark", KEY))
    keys = (verifier_key("benchmark", KEY.public_key()),)
    return encode_bundle(Bundle(ORIGIN, keys, (), tuple(entries), tuple(notes)))


def seconds_to_prove(data: bytes) -> float:
    start = perf_counter()
    prove_bundle(data)
    return perf_counter() - start


def seconds_to_hash(data: bytes) -> float:
    start = perf_counter()
    sha256(data).digest()
    return perf_counter() - start


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    data = build(count)
    proving = median(seconds_to_prove(data) for _ in range(3))
    hashing = median(seconds_to_hash(data) for _ in range(3))
    sys.stdout.write(
        f"{count} entries, {len(data) / count:.0f} bytes each: proved in {proving:.2f} s, "
        f"{proving / hashing:.0f} times one SHA-256 of the same bytes ({hashing:.3f} s)\n"
    )


if __name__ == "__main__":
    main()
