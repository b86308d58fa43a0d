"""Make the administrator's first account, and print the link that takes it into use.

plenary admin create NAME --name "Full Name" [--email ADDRESS] [--url https://…]

The link works once. Run it again for the same person to get a new one.
"""

import argparse
import os
import sys

from plenary import wiring
from plenary.rules.names import PersonId


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("what", choices=["create"])
    parser.add_argument("identifier", help="small letters, digits, dots and hyphens")
    parser.add_argument("--name", help="full name; else the identifier")
    parser.add_argument("--email")
    parser.add_argument(
        "--url",
        default=os.environ.get("PLENARY_ORIGIN") or "http://localhost:8000",
        help="where Plenary is reached (default: PLENARY_ORIGIN, else %(default)s)",
    )


def run(arguments: argparse.Namespace) -> int:
    os.environ["DJANGO_SETTINGS_MODULE"] = "plenary.web.settings"
    wiring.use_database(migrate=True)
    from plenary.store.models import Person  # noqa: PLC0415 - tables exist only from here on
    from plenary.web.accounts.invitations import invite  # noqa: PLC0415
    from plenary.web.people.identifiers import IDENTIFIER  # noqa: PLC0415

    if not IDENTIFIER.fullmatch(arguments.identifier):
        print(
            "plenary admin: an identifier is small letters, digits, dots and hyphens",
            file=sys.stderr,
        )
        return 2
    person = Person.objects.filter(identifier=arguments.identifier).first()
    if person is None:
        names = {"en": arguments.name or arguments.identifier}
        person = Person.objects.enrol(
            PersonId(arguments.identifier), names, email=arguments.email, administrator=True
        )
    elif not person.administrator:
        print(
            f"plenary admin: {arguments.identifier} is there and is no administrator",
            file=sys.stderr,
        )
        return 1
    print(f"{arguments.url.rstrip('/')}/accounts/invitation/{invite(person, None)}/")
    return 0
