"""Verify a bundle: that nobody rewrote the record, and that every act in it was in order; or one entry's proof.

Needs no server and no network. Exit status: 0 verified, 1 not verified, 2 not readable.
"""

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import msgspec

from plenary import wiring
from plenary.cli.naming import named, ranges
from plenary.desk.verifying import (
    Departure,
    Verified,
    VerifiedEntry,
    verify_bundle,
    verify_entry,
)
from plenary.record import NotProven, is_proof
from plenary.record.verify import OTHER_KEY
from plenary.rules.acts import name_of
from plenary.rules.profile import Profile
from plenary.rules.profile_reading import ProfileFaultyError

WHICH_KEY: Final = """\
  Each data folder has a log key of its own: give the log.pub of the one in which this meeting was held.
  Of a summit that ./plenary demo has moved aside, that is var/demo-until-…/log.pub beside its database.
  If none of them is the key, do not trust the record."""
"""What to do where a record is signed with another key than the one given."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument(
        "file", type=Path, metavar="FILE", help="a bundle, or the proof of one entry"
    )
    parser.add_argument("--key", metavar="K", help="the log's verifier key, or a file holding it")
    parser.add_argument(
        "--checkpoint", metavar="C", type=Path, help="a signed checkpoint you received earlier"
    )
    parser.add_argument(
        "--profile",
        metavar="P",
        help="the organisation's profile: a folder, or a shipped one's name",
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object instead of text")


def run(arguments: argparse.Namespace) -> int:
    """Verify and say what was verified, and what was not."""
    try:
        data = arguments.file.read_bytes()
        key = None if arguments.key is None else _text_or_file(arguments.key)
        note = None if arguments.checkpoint is None else arguments.checkpoint.read_text("utf-8")
        profile = None if arguments.profile is None else _profile(arguments.profile)
    except (OSError, ValueError) as error:
        print(f"Could not be read: {error}", file=sys.stderr)
        return 2
    if is_proof(data):
        return _one_entry(data, key, arguments)
    try:
        verified = verify_bundle(data, key=key, checkpoint=note, profile=profile)
    except NotProven as not_proven:
        _not_verified(not_proven, as_json=arguments.json)
        return 1
    if arguments.json:
        print(json.dumps(_plain(verified), ensure_ascii=False))
    else:
        print("\n".join(_said(verified, key=key, note=note)))
    return 0


def _one_entry(data: bytes, key: str | None, arguments: argparse.Namespace) -> int:
    if arguments.checkpoint is not None or arguments.profile is not None:
        print("The proof of one entry takes a --key alone; a bundle takes more.", file=sys.stderr)
        return 2
    try:
        verified = verify_entry(data, key=key)
    except NotProven as not_proven:
        _not_verified(not_proven, as_json=arguments.json)
        return 1
    if arguments.json:
        said = {"verified": True, **msgspec.to_builtins(verified)}
        print(json.dumps(said, ensure_ascii=False))
    else:
        print("\n".join(_entry_said(verified)))
    return 0


def _entry_said(verified: VerifiedEntry) -> list[str]:
    deeds = () if verified.body is None else verified.body.deeds
    own = "self-declared: it came with the proof; give the log's key with --key"
    return [
        "VERIFIED",
        f"  record         {verified.origin}",
        f"  entry          {verified.number}, one of the {verified.size} that the log signed",
        f"  commitment     {verified.commitment}",
        *(
            f"  act            {name_of(each.act)}, by {each.by.person} in the seat {each.by.seat}"
            for each in deeds
        ),
        *(["  withheld       it is here by its digest only"] if verified.body is None else []),
        f"  key            {own if verified.self_declared else 'the log key you gave'}",
        "  not verified   the other entries, and that the act was in order: that takes the bundle",
    ]


def _text_or_file(given: str) -> str:
    return given if given.count("+") >= 2 else Path(given).read_text("utf-8").strip()


def _profile(given: str) -> Profile:
    try:
        return wiring.profile(given)
    except ProfileFaultyError as faulty:
        raise ValueError(str(faulty)) from faulty


def _not_verified(why: NotProven, *, as_json: bool) -> None:
    if as_json:
        said = {
            "verified": False,
            "section": why.section,
            "entry": why.number,
            "reason": why.reason,
        }
        print(json.dumps(said, ensure_ascii=False))
    else:
        print(f"NOT VERIFIED\n  {why}")
        if why.reason == OTHER_KEY:
            print(WHICH_KEY)


def _plain(verified: Verified) -> dict[str, object]:
    plain = {
        name: msgspec.to_builtins(getattr(verified, name))
        for name in verified.__struct_fields__
        if name != "meeting"
    }
    return {"verified": True, **plain}


def _said(verified: Verified, *, key: str | None, note: str | None) -> list[str]:
    lines = [
        "VERIFIED",
        f"  record         {verified.origin}",
        "  meeting        closed by its last entry; nothing can follow",
        f"  entries        {_entries(verified)}; chained, in the tree, under a checkpoint of exactly that size",
        f"  head           {verified.head}",
        f"  profile        {verified.profile} (pinned by entry 0), rules version {verified.rules_version}",
        f"  acts           {verified.checked} decided again, with the same consequences",
        *_not_all(verified),
        *(f"  ruling         {_ruling(verified, departure)}" for departure in verified.departures),
    ]
    if key is None:
        lines.append(
            "  key            self-declared: it came with the bundle; give the log's key with --key"
        )
    else:
        lines.append("  key            the log's key you gave")
    if note is None:
        lines.append(
            "  checkpoint     none from outside: give one you received earlier with --checkpoint"
        )
    else:
        lines.append("  checkpoint     continues the one you gave")
    return lines


def _entries(verified: Verified) -> str:
    """Return how many entries there are, and how many acts they hold where all can be read."""
    if verified.withheld:
        return str(verified.size)
    return f"{verified.size}, holding {verified.checked} acts (what members raise on one question is one entry)"


def _not_all(verified: Verified) -> Iterator[str]:
    """Return what is said of entries that are withheld, and of those that rest on them."""
    if verified.withheld:
        yield f"  withheld       {len(verified.withheld)} entries are here by their digests only; no act in them can be read"
    if verified.not_checked:
        count = len(verified.not_checked)
        yield f"  not checked    acts in {count} entries that rest on withheld ones: {ranges(verified.not_checked)}"


def _ruling(verified: Verified, departure: Departure) -> str:
    kind = departure.kind.replace("_", " ")
    if departure.seat is not None:
        kind += f" {named(verified.meeting.profile, departure.seat)}"
    return f"entry {departure.number}: {kind}, under the rule {departure.rule}: {departure.ground}"
