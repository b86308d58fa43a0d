"""`python -m plenary.record FILE`: says in plain English what a bundle, or the proof of one entry, proves and what not.

Rule 1: exit 0 if the file is proved, 1 if it is not, 2 if it could not be looked at.
Rule 2: what was not proved is said as plainly as what was.
"""

import sys
from argparse import ArgumentParser
from collections.abc import Sequence
from pathlib import Path

from plenary.record.checkpoint import read_verifier_key, signers
from plenary.record.not_proven import NotProven
from plenary.record.proof import check_proof, is_proof
from plenary.record.verify import Proven, prove_bundle

ELSEWHERE = (
    "Whether each act was in order, and whether the meeting was closed: "
    "`plenary verify` checks that, this command does not."
)
SELF_DECLARED = (
    "Who signed. self-declared key: it came inside the bundle, and whoever wrote the bundle could "
    "have made it. Compare it with the key that the secretariat publishes, or give that with --key:"
)
NO_CHECKPOINT = (
    "That the holder of the key did not write all of it anew before signing: "
    "give a checkpoint that you received earlier with --checkpoint."
)


def main(arguments: Sequence[str] | None = None) -> int:
    parser = ArgumentParser(
        prog="python -m plenary.record", description="Proves a bundle, or one entry."
    )
    parser.add_argument("file", metavar="FILE", type=Path, help="a bundle, or an entry's proof")
    parser.add_argument("--key", help="the log's verifier key, or a file that holds it")
    parser.add_argument("--checkpoint", type=Path, help="a file: a checkpoint received earlier")
    given = parser.parse_args(arguments)
    try:
        data = given.file.read_bytes()
        key = None if given.key is None else _key(given.key)
        checkpoint = None if given.checkpoint is None else given.checkpoint.read_text("utf-8")
    except (OSError, ValueError) as error:
        sys.stderr.write(f"Could not be read: {error}\n")
        return 2
    if is_proof(data) and checkpoint is not None:
        sys.stderr.write(
            "The proof of one entry cannot be compared with a checkpoint: a bundle can.\n"
        )
        return 2
    try:
        said = _of_one_entry(data, key) if is_proof(data) else _of_all(data, key, checkpoint)
    except NotProven as error:
        sys.stdout.write(f"NOT PROVED\n  {error}\n")
        return 1
    sys.stdout.write("\n".join([*said, ""]))
    return 0


def _of_all(data: bytes, key: str | None, checkpoint: str | None) -> list[str]:
    proven = prove_bundle(data, key, checkpoint)
    return [*_proved(proven), *_not_proved(proven, checkpoint)]


def _of_one_entry(data: bytes, key: str | None) -> list[str]:
    proven = check_proof(data, key)
    entry, checkpoint = proven.entry, proven.checkpoint
    lines = [
        f"PROVED: entry {entry.number} of the record of {checkpoint.origin}",
        f"  It is one of the {checkpoint.size} entries that the log signed.",
        f"  commitment {entry.commitment.hex()}",
    ]
    if entry.body is None:
        lines.append("  It is withheld: only its digest is here.")
    else:
        lines.append(f"  It says: {entry.body.decode()}")
    if not proven.self_declared:
        lines.append("  The log key is the one that you gave.")
    lines.append("NOT PROVED HERE")
    if proven.self_declared:
        lines += [f"  {SELF_DECLARED}", f"  {proven.key}"]
    return [*lines, "  Anything of the other entries, and whether the act was in order."]


def _key(text: str) -> str:
    """The key itself, or the one line of the file of that name."""
    try:
        read_verifier_key(text)
    except ValueError:
        text = Path(text).read_text("utf-8").removesuffix("\n")
        read_verifier_key(text)
    return text


def _proved(proven: Proven) -> list[str]:
    notes = proven.bundle.checkpoints
    log, *others = signers(notes[-1])
    lines = [
        f"PROVED: the record of {proven.origin}",
        f"  {proven.size} entries, each sealed to the one before; none was changed, moved, removed",
        "  or added since the checkpoints were signed.",
        f"  root {proven.root}",
        f"  head {proven.head}",
        f"  {len(notes)} checkpoints signed by {log}; the last covers every entry.",
    ]
    if others:
        lines.append(f"  The last is countersigned by {', '.join(others)}.")
    if proven.withheld:
        lines.append(f"  Withheld, only the digest is here: entries {_ranges(proven.withheld)}.")
    if not proven.self_declared:
        lines.append("  The log key is the one that you gave.")
    return lines


def _not_proved(proven: Proven, checkpoint: str | None) -> list[str]:
    lines = ["NOT PROVED HERE"]
    if proven.self_declared:
        lines += [f"  {SELF_DECLARED}", f"  {proven.bundle.keys[0]}"]
    if checkpoint is None:
        lines.append(f"  {NO_CHECKPOINT}")
    if proven.withheld:
        lines.append("  What the withheld entries say.")
    return [*lines, f"  {ELSEWHERE}"]


def _ranges(numbers: Sequence[int]) -> str:
    """1, 3-5, 9"""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and runs[-1][-1] == number - 1:
            runs[-1][1:] = [number]
        else:
            runs.append([number])
    return ", ".join("-".join(map(str, run)) for run in runs)


if __name__ == "__main__":
    sys.exit(main())
