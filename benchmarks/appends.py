"""How many acts a second are durably written, beside what the bare database can do.

`python benchmarks/appends.py [ACTS [ROUNDS]]` writes ACTS entries (400) in each of ROUNDS rounds (7), in
turn: (a) bare `sqlite3`, one INSERT a commit, of the same bytes into a like table, WAL and FULL; (b) the
same sealed entries through `DatabaseMinutes`; (c) real acts, decided, sealed and written by the desk. With
`PLENARY_TEST_POSTGRES` or a PostgreSQL in `DATABASE_URL`, the same against bare psycopg, in a schema of its
own that is dropped at the end. `PLENARY_DATA` says on which disk (default: ./var). It prints medians and
ratios, and asserts nothing.
"""

import os
import secrets
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from hashlib import sha256
from pathlib import Path
from statistics import median
from time import perf_counter
from urllib.parse import quote

import psycopg
from psycopg import sql

from plenary import wiring
from plenary.desk.desk import RULES_VERSION, Desk
from plenary.desk.ports import Minutes
from plenary.desk.publishing import profile_digest
from plenary.record import Entry, first_seal, seal_entry
from plenary.rules import acts as a
from plenary.rules.names import Language, PersonId, SeatId

TABLE = """CREATE TABLE bare_entry (meeting_id integer NOT NULL, number bigint NOT NULL, seal {0} NOT NULL,
commitment {0} NOT NULL, salt {0} NOT NULL, body {0} NOT NULL, PRIMARY KEY (meeting_id, number))"""
PROFILE = wiring.profile("sco")
SECRETARY = PersonId("secretary")
HEAD = PersonId("head")


class Acts:
    """A meeting in which one delegation asks for the floor and withdraws, again and again."""

    def __init__(self, minutes: Minutes) -> None:
        self.desk = Desk(
            PROFILE,
            minutes,
            clock=wiring.system_clock,
            salts=wiring.random_salts,
            presence=lambda: (),
        )
        organisation = PROFILE.organisation
        opening = PROFILE.procedure.opening
        self.secretariat = a.Actor(
            person=SECRETARY,
            seat=next(s.id for s in organisation.seats if s.kind == opening.secretariat_kind),
        )
        self.member = a.Actor(
            person=HEAD, seat=SeatId(next(p.id for p in organisation.parties if p.kind == "member"))
        )
        names = dict.fromkeys(organisation.languages.pages, "Delegate")
        self.desk.perform(self.secretariat, self._convening(names))
        for act in (
            a.ReceiveLetter(seat=self.member.seat, person=HEAD, names=names, role=a.Role.HEAD),
            a.ExamineLetter(seat=self.member.seat, person=HEAD, finding=a.Finding.ACCEPTED),
        ):
            self.desk.perform(self.secretariat, act)

    def _convening(self, names: dict[Language, str]) -> a.Convene:
        return a.Convene(
            body=PROFILE.organisation.bodies[0].id,
            titles=names,
            form=a.Form.IN_PERSON,
            date="2020-11-10",
            place_of_record=names,
            profile=profile_digest(PROFILE),
            rules_version=RULES_VERSION,
            secretariat={SECRETARY: names},
        )

    def do(self, count: int) -> None:
        for _ in range(count // 2):
            self.desk.perform(self.member, a.AskForTheFloor(), key=secrets.token_hex(8))
            self.desk.perform(self.member, a.WithdrawRequest(), key=secrets.token_hex(8))


def sealed(bodies: Sequence[bytes], origin: str) -> list[Entry]:
    entries, previous = list[Entry](), first_seal(origin)
    for number, body in enumerate(bodies):
        entries.append(seal_entry(previous, number, sha256(b"%d" % number).digest(), body))
        previous = entries[-1].seal
    return entries


def rate(count: int, work: Callable[[], None]) -> float:
    start = perf_counter()
    work()
    return count / (perf_counter() - start)


def bare(
    connection: sqlite3.Connection | psycopg.Connection,
    mark: str,
    meeting: int,
    entries: list[Entry],
) -> Callable[[], None]:
    statement = f"INSERT INTO bare_entry VALUES ({', '.join([mark] * 6)})"  # noqa: S608 - marks only

    def work() -> None:
        for each in entries:
            connection.execute(
                statement, (meeting, each.number, each.seal, each.commitment, each.salt, each.body)
            )

    return work


def appending(minutes: Minutes, entries: list[Entry]) -> Callable[[], None]:
    def work() -> None:
        for each in entries:
            minutes.append([each])

    return work


def compare(
    name: str,
    connection: sqlite3.Connection | psycopg.Connection,
    mark: str,
    count: int,
    rounds: int,
) -> None:
    run = secrets.token_hex(4)
    acts = Acts(wiring.minutes(f"bench/acts-{run}"))
    acts.do(count)
    bodies = [each.body for each in acts.desk.minutes.entries() if each.body][-count:]
    rates: list[list[float]] = [[], [], []]
    for turn in range(rounds + 1):
        minutes = wiring.minutes(f"bench/{run}-{turn}")
        entries = sealed(bodies, minutes.origin)
        minutes.append(entries[:1])  # makes the meeting's row
        works = (
            bare(connection, mark, turn, entries[1:]),
            appending(minutes, entries[1:]),
            lambda: acts.do(count),
        )
        for place, work in enumerate(works):
            figure = rate(count, work)
            if turn:  # the first round warms up
                rates[place].append(figure)
    base, through, whole = (median(each) for each in rates)
    sys.stdout.write(
        f"{name}: {count} entries of {sum(map(len, bodies)) / len(bodies):.0f} bytes, {rounds} rounds\n"
        f"  bare             {base:7.0f} durable appends a second\n"
        f"  DatabaseMinutes  {through:7.0f}  {through / base:.0%} of bare\n"
        f"  Desk.perform     {whole:7.0f}  {whole / base:.0%} of bare, with deciding and sealing\n"
    )


def on_sqlite(count: int, rounds: int) -> None:
    """In a folder of its own on the disk of PLENARY_DATA."""
    data = Path(os.environ.get("PLENARY_DATA") or "var")
    data.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="bench-", dir=data) as name:
        folder = Path(name).absolute()
        os.environ["DATABASE_URL"] = f"sqlite:///{quote(str(folder / 'plenary.sqlite3'))}"
        wiring.use_database(migrate=True)
        connection = sqlite3.connect(folder / "bare.sqlite3", isolation_level=None)
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
            connection.execute(f"PRAGMA {pragma}")
        connection.execute(TABLE.format("blob"))
        compare("SQLite (WAL, FULL)", connection, "?", count, rounds)
        connection.close()


def on_postgres(url: str, count: int, rounds: int) -> None:
    """In a schema of its own."""
    schema = f"bench_{secrets.token_hex(4)}"
    options = f"-c search_path={schema}"
    os.environ["DATABASE_URL"] = f"{url}{'&' if '?' in url else '?'}options={quote(options)}"
    with psycopg.connect(url, autocommit=True, options=options) as connection:
        connection.execute("SET synchronous_commit = on")
        connection.execute(sql.SQL("CREATE SCHEMA {}").format(sql.Identifier(schema)))
        try:
            wiring.use_database(migrate=True)
            connection.execute(TABLE.format("bytea"))
            compare("PostgreSQL", connection, "%s", count, rounds)
        finally:
            connection.execute(sql.SQL("DROP SCHEMA {} CASCADE").format(sql.Identifier(schema)))


def main() -> None:
    """One database in a process: for PostgreSQL the script starts itself again."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 400
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 7
    if len(sys.argv) > 3:
        on_postgres(os.environ["PLENARY_TEST_POSTGRES"], count, rounds)
        return
    url = os.environ.get("PLENARY_TEST_POSTGRES") or os.environ.get("DATABASE_URL", "")
    on_sqlite(count, rounds)
    if url.startswith("postgres"):
        again = [sys.executable, __file__, str(count), str(rounds), "postgres"]
        subprocess.run(again, env={**os.environ, "PLENARY_TEST_POSTGRES": url}, check=True)


if __name__ == "__main__":
    main()
