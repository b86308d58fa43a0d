"""How long it takes to fold a long record, to prove it, and to decide every act in it again.

    python benchmarks/deciding.py [--entries 100000] [--rounds 3]

A council with eight heads speaks in turn until the record is long enough. Printed are medians and, as
ratios, what the same bytes take in the same run to be hashed once with plain SHA-256.
"""

import argparse
import hashlib
import itertools
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from plenary.desk.codec import bodies
from plenary.desk.desk import RULES_VERSION, Desk, fold
from plenary.desk.memory import MemoryMinutes
from plenary.desk.publishing import full_bundle, profile_digest
from plenary.desk.verifying import verify_bundle
from plenary.record import prove_bundle
from plenary.rules import acts as a
from plenary.rules.acts import Actor
from plenary.rules.names import Language, PersonId, SeatId
from plenary.rules.profile import Profile
from plenary.rules.profile_reading import read_profile

PROFILE = Path(__file__).parents[1] / "src" / "plenary" / "profiles" / "sco"
START = 1_605_000_000_000


class Key:
    """A log key from a fixed seed."""

    name = "benchmark"
    _key = Ed25519PrivateKey.from_private_bytes(bytes(32))

    def sign(self, data: bytes) -> bytes:
        """Sign."""
        return self._key.sign(data)

    def public_key(self) -> Ed25519PublicKey:
        """Return the public half."""
        return self._key.public_key()


def held(entries: int) -> tuple[Profile, MemoryMinutes, float]:
    """Return a meeting of that many entries, and how many acts a second the desk did in memory."""
    profile = read_profile(
        (PROFILE / "organisation.toml").read_text("utf-8"),
        (PROFILE / "procedure.toml").read_text("utf-8"),
    )
    minutes = MemoryMinutes("sco/benchmark")
    seats = [SeatId(party) for party in profile.in_order("member")]
    moments = itertools.count(START, 1000)
    desk = Desk(
        profile,
        minutes,
        clock=lambda: next(moments),
        salts=lambda number: hashlib.sha256(number.to_bytes(8, "big")).digest(),
        presence=lambda: [*seats, SeatId("presiding")],
    )
    text = {Language(each): "Benchmark" for each in profile.organisation.languages.pages}
    clerk = Actor(person=PersonId("clerk"), seat=SeatId("secretariat"))
    chair = Actor(person=PersonId("chair"), seat=SeatId("presiding"))
    desk.perform(
        clerk,
        a.Convene(
            body="chs",
            titles=text,
            form=a.Form.IN_PERSON,
            date="2020-11-10",
            place_of_record=text,
            profile=profile_digest(profile),
            rules_version=RULES_VERSION,
            secretariat={PersonId("clerk"): text},
        ),
    )
    for seat in [*seats, SeatId("presiding")]:
        person = PersonId("chair" if seat == "presiding" else f"head-{seat}")
        desk.perform(clerk, a.ReceiveLetter(seat=seat, person=person, names=text, role=a.Role.HEAD))
        desk.perform(clerk, a.ExamineLetter(seat=seat, person=person, finding=a.Finding.ACCEPTED))
    desk.perform(chair, a.OpenMeeting())
    begun, first = time.perf_counter(), desk.written
    while desk.written < entries - 4:
        for seat in seats:
            head = Actor(person=PersonId(f"head-{seat}"), seat=seat)
            desk.perform(head, a.AskForTheFloor())
            desk.perform(chair, a.GiveTheFloor(seat=seat))
            desk.perform(head, a.YieldTheFloor())
    speed = (desk.written - first) / (time.perf_counter() - begun)
    desk.perform(chair, a.CloseMeeting())
    desk.checkpoint(Key())
    return profile, minutes, speed


def timed(what: Callable[[], object]) -> float:
    """Return how many seconds *what* takes."""
    begun = time.perf_counter()
    what()
    return time.perf_counter() - begun


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entries", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    profile, minutes, speed = held(given.entries)
    bundle = full_bundle(profile, minutes, Key())
    read = list(bodies(minutes.entries()))
    measured: dict[str, list[float]] = {}
    for _ in range(given.rounds):
        for name, what in {
            "hash the same bytes once": lambda: hashlib.sha256(bundle).digest(),
            "fold": lambda: fold(profile, read),
            "prove chain, tree and checkpoint": lambda: prove_bundle(bundle),
            "verify, every act decided again": lambda: verify_bundle(bundle),
        }.items():
            measured.setdefault(name, []).append(timed(what))
    medians = {name: statistics.median(times) for name, times in measured.items()}
    unit = medians["hash the same bytes once"]
    sys.stdout.write(
        f"{len(read)} entries, {len(bundle) / 1e6:.1f} MB, medians of {given.rounds}\n"
    )
    for name, seconds in medians.items():
        sys.stdout.write(f"  {name:34} {seconds:8.3f} s   {seconds / unit:8.1f}x\n")
    sys.stdout.write(f"  acts through the desk, in memory   {speed:8.0f} a second\n")


if __name__ == "__main__":
    main()
