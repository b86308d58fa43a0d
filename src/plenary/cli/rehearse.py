"""Rehearse a meeting with bots in every seat, through the same acts that people use.

    plenary rehearse NAME|PATH     a summit that comes with Plenary, or a folder (docs/rehearsals.md)
    plenary rehearse NAME|PATH --server      over HTTP, at a live process of its own, which faults may kill
    plenary rehearse NAME|PATH --url URL     at the demonstration that runs there, in real time

The same seed gives the same record, byte for byte. What is left in --out: record.bundle, public.bundle
(what the public may not read is there by its digest only) and log.pub, the log's key.

Exit status: 0 as expected, 1 the course was another than expected, 2 bad input.
"""

import argparse
import datetime
import json
import sys
import tempfile
from collections.abc import Iterable
from importlib import resources
from pathlib import Path

import msgspec

from plenary import wiring
from plenary.cli.naming import named
from plenary.cli.rehearsal.attending import rehearse_at
from plenary.cli.rehearsal.pace import pausing, speed_or_max
from plenary.cli.rehearsal.playing import CourseError, Telling
from plenary.cli.rehearsal.running import KEY, RECORD, Rehearsal, rehearse
from plenary.cli.rehearsal.summary import Course
from plenary.cli.rehearsal.telling import Silence, Transcript
from plenary.cli.rehearsal.weaving import known_faults
from plenary.folders.doubts import doubts
from plenary.folders.folder import Folder
from plenary.folders.reading import FolderFaultyError, read_folder
from plenary.rules.names import PartyId, SeatId


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument("summit", metavar="NAME|PATH")
    parser.add_argument(
        "--speed",
        type=speed_or_max,
        default=argparse.SUPPRESS,
        metavar="N|max",
        help="how many times faster than the meeting itself (max, without waiting; with --url 1)",
    )
    where = parser.add_mutually_exclusive_group()
    where.add_argument("--url", help="the server it is held at: a demonstration on this machine")
    where.add_argument(
        "--server",
        action="store_true",
        help="hold it at a server of its own, whose clock is the script's",
    )
    parser.add_argument("--seed", default="1", help="what chance is drawn from (1)")
    parser.add_argument("--out", type=Path, metavar="DIR", help="where the record is left")
    parser.add_argument(
        "--fault",
        action="append",
        default=[],
        metavar="NAME",
        help="something that goes wrong, as the summit's faults/ describe it; may be given again",
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object, nothing else")


def run(arguments: argparse.Namespace) -> int:
    """Rehearse and say what came of it."""
    try:
        folder = _folder(arguments.summit)
        for doubt in doubts(folder):
            print(f"warning: {doubt}", file=sys.stderr)
        out = arguments.out or Path(tempfile.mkdtemp(prefix=f"plenary-{folder.name}-"))
        telling = Silence() if arguments.json else _transcript(folder)
        faults = tuple(dict.fromkeys(arguments.fault))
        course, otherwise = _where(arguments, folder, faults, telling, out)
    except FolderFaultyError as faulty:
        print(*faulty.faults, sep="\n", file=sys.stderr)
        return 2
    except BrokenPipeError:
        raise
    except (OSError, ValueError) as error:
        print(f"Could not be rehearsed: {error}", file=sys.stderr)
        return 2
    except CourseError as error:
        print(f"The course was not as expected. {error}", file=sys.stderr)
        return 1
    if arguments.json:
        print(json.dumps(msgspec.to_builtins(course.summary), ensure_ascii=False))
    else:
        print("\n".join(_said(course, faults, out)))
    for each in otherwise:
        print(f"The course was not as expected. {each}", file=sys.stderr)
    return 1 if otherwise else 0


def _where(
    arguments: argparse.Namespace,
    folder: Folder,
    faults: tuple[str, ...],
    telling: Telling,
    out: Path,
) -> tuple[Course, list[str]]:
    """Rehearse without waiting, in this process or at a server of its own; or elsewhere, in real time."""
    url = arguments.url
    asked = Rehearsal(
        folder=folder,
        faults=faults,
        seed=arguments.seed,
        telling=telling,
        pause=pausing(getattr(arguments, "speed", 1.0 if url else None)),
        out=out,
    )
    return rehearse_at(url, asked) if url else rehearse(asked, at_a_server=arguments.server)


def _folder(given: str) -> Folder:
    """Read the summit that comes with Plenary under that name, or the folder at that path."""
    shipped = Path(str(resources.files("plenary") / "summits"))
    known = sorted(each.name for each in shipped.iterdir() if each.is_dir())
    path = shipped / given if given in known else Path(given)
    if not path.is_dir():
        raise ValueError(f"{given} is no folder, and no summit of ours: {', '.join(known)}")
    return read_folder(path, wiring.profile)


def _transcript(folder: Folder) -> Telling:
    language = folder.profile.organisation.languages.pages[0]
    summit = folder.summit
    print(f"{summit.titles.get(language, folder.name)}, {summit.date}")
    print(f"{len(folder.steps)} steps; faults it knows: {', '.join(known_faults(folder.path))}")
    zone: datetime.tzinfo | None = summit.begins.tzinfo
    return Transcript(sys.stdout, language, zone)


def _said(course: Course, faults: tuple[str, ...], out: Path) -> list[str]:
    summary = course.summary

    def by_name(seats: Iterable[SeatId | PartyId]) -> str:
        return ", ".join(named(course.meeting.profile, seat) for seat in seats)

    def counted(counts: dict[str, int]) -> str:
        parts = [f"{count} {name.replace('_', ' ')}" for name, count in counts.items()]
        return ", ".join(parts) or "none"

    return [
        "",
        f"REHEARSED{' with ' + ', '.join(faults) if faults else ''}",
        f"  documents      {counted(summary.documents)}",
        f"  adopted        {counted(summary.adopted)}",
        f"  signatures     {course.events.get('document_signed', 0)}",
        f"  participants   {counted(summary.participants)}",
        f"  members spoke  {by_name(summary.speaking_order) or 'none'}",
        f"  mandates       {summary.mandates}, reports {summary.reports}",
        f"  next chair     {by_name(filter(None, [summary.next_chair])) or 'not decided'}",
        f"  refused        {summary.refused}",
        f"  entries        {summary.entries}, head {summary.head}",
        f"  verify it      plenary verify {out / RECORD} --key {out / KEY}",
    ]
