"""Check the profile of an organisation: its two files, and everything wrong in them.

    plenary profile check PATH     a folder with organisation.toml and procedure.toml, or a shipped name

Exit status: 0 without a fault, 1 with faults (each by file, key and what was expected), 2 not readable.
"""

import argparse
import sys
from collections import Counter

from plenary import wiring
from plenary.rules.profile import Profile
from plenary.rules.profile_reading import ProfileFaultyError


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument("what", choices=["check"])
    parser.add_argument("path", metavar="PATH")


def run(arguments: argparse.Namespace) -> int:
    """Check the profile and say what it amounts to."""
    try:
        profile = wiring.profile(arguments.path)
    except ProfileFaultyError as faulty:
        for fault in faulty.faults:
            print(fault)
        print(f"{len(faulty.faults)} to mend in {arguments.path}")
        return 1
    except (OSError, ValueError) as error:
        print(f"Could not be read: {error}", file=sys.stderr)
        return 2
    print("\n".join(_said(profile)))
    return 0


def _said(profile: Profile) -> list[str]:
    organisation, procedure = profile.organisation, profile.procedure
    kinds = Counter(party.kind for party in organisation.parties)
    standings = Counter(str(rule.standing) for rule in procedure.rules.values())
    page = organisation.languages.pages[0]
    return [
        f"{organisation.names[page]}, as of {organisation.as_of}: no fault found",
        "  parties    " + ", ".join(f"{count} of kind {kind}" for kind, count in kinds.items()),
        f"  bodies     {len(organisation.bodies)}, decision rules {len(procedure.decisions)}, "
        f"motions {len(procedure.motions)}, document types {len(procedure.document_types)}",
        "  rules      " + ", ".join(f"{count} {name}" for name, count in standings.items()),
    ]
