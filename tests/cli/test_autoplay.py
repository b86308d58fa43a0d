"""``plenary demo --autoplay``: one person in one seat, bots in all others, to a closed record."""

import contextlib
import threading
import time
import urllib.error

import pytest
from tests.demonstration import MEETING, Client, Demonstration

from plenary.cli import main
from plenary.desk.codec import bodies, in_order_of_doing
from plenary.record import decode_bundle

pytestmark = [pytest.mark.slow, pytest.mark.enable_socket]
LONGEST = 240


class Person:
    """Somebody at a screen, who does each of *doing* as soon as it is in order."""

    def __init__(self, url, seat, *doing):
        self.client = Client(url)
        self.client.sit(seat)
        self.client.act("take_seat", screen="a-screen")
        self.doing = list(doing)
        self.acknowledged = set()
        self.ended = threading.Event()
        threading.Thread(target=self._present, daemon=True).start()

    def _present(self):
        while not self.ended.wait(0.5):
            with contextlib.suppress(OSError):  # the server has been stopped
                self.client.post("presence", {"screen": "a-screen", "number": 0, "whole": True})

    def room(self):
        return self.client.json(f"{MEETING}/room.json?seat={self.client.seat}")["meeting"]

    def hold(self):
        """Act until the meeting is closed; return the room as it is then."""
        until = time.monotonic() + LONGEST
        while time.monotonic() < until:
            room = self.room()
            if room.get("stage") == "closed":
                self.ended.set()
                return room
            self._acknowledge(room.get("window"))
            if self.doing and self._done(room):
                self.doing.pop(0)
            time.sleep(0.3)
        raise AssertionError(f"not closed; left to do: {self.doing[:3]}")

    def _acknowledge(self, window):
        if window and window["id"] not in self.acknowledged:
            self._try("acknowledge_text", window=window["id"], digest=window["digest"])
            self.acknowledged.add(window["id"])

    def _done(self, room):
        said = self.doing[0](room)
        return said is not None and self._try(said.pop("act"), **said)

    def _try(self, act, **with_):
        try:
            self.client.act(act, **with_)
        except urllib.error.HTTPError as refused:
            if refused.code != 409:
                raise
            return False
        return True


@pytest.fixture
def held(tmp_path):
    started = []

    def start(seat):
        started.append(Demonstration(tmp_path / "var", "--autoplay", seat, "--speed", "400"))
        return started[-1]

    yield start
    for each in started:
        each.stop()


def course(client, seat, path, key):
    """Return the acts of *seat* in the record, which verifies."""
    path.write_bytes(client.bytes(f"{MEETING}/record.bundle?seat=presiding"))
    assert main(["verify", str(path), "--key", str(key)]) == 0
    deeds = in_order_of_doing(list(bodies(decode_bundle(path.read_bytes()).entries)))
    return [deed.act.__struct_config__.tag for _, deed in deeds if deed.by.seat == seat]


def seated(room):
    """Whoever presides looks round before opening: the electorate is who is there."""
    members = [each for each in room["seats"].values() if each["kind"] == "member"]
    return all(each.get("screen") for each in members)


def on_the_package(room, act):
    window = room.get("window")
    package = window and window["subject"].get("documents")
    return {"act": act, "window": window["id"]} if package and len(package) > 1 else None


def test_a_delegation_speaks_objects_and_lifts_it_while_bots_wait(held, tmp_path):
    server = held("IN")
    person = Person(
        server.url,
        "IN",
        lambda room: {"act": "ask_for_the_floor"} if room.get("item") == "1" else None,
        lambda room: {"act": "yield_the_floor"},
        lambda room: on_the_package(room, "object"),
        lambda room: on_the_package(room, "lift_objection"),
    )
    room = person.hold()
    assert person.doing == []
    adopted = [each for each in room["documents"].values() if each["stage"] == "adopted"]
    assert len(adopted) == 16
    chair = Client(server.url)
    chair.sit("presiding")
    acts = course(chair, "IN", tmp_path / "r.bundle", tmp_path / "var" / "demo" / "log.pub")
    wanted = ["ask_for_the_floor", "yield_the_floor", "object", "lift_objection"]
    assert [each for each in acts if each in wanted] == wanted
    assert "sign" not in acts  # nobody signs for the person
    assert room["next_chair"] == "TJ"


def test_who_presides_is_waited_for_at_every_step(held, tmp_path):
    server = held("presiding")
    script_reader = Client(server.url)
    script_reader.sit("presiding")
    script = script_reader.json(f"{MEETING}/script.json?seat=presiding")

    def step(each):
        def does(room):
            window = room.get("window")
            needs = each["act"] in ("declare_adopted", "declare_result")
            if (needs and window is None) or not seated(room):
                return None
            return {
                **each["with"],
                "act": each["act"],
                **({"window": window["id"]} if needs else {}),
            }

        return does

    speeches = {"give_the_floor", "end_speech", "consent_to_speak", "reorder_list", "close_list"}
    doing = [step(each) for each in script if each["act"] and each["act"] not in speeches]
    person = Person(server.url, "presiding", *doing)
    room = person.hold()
    assert person.doing == []
    assert sum(each["stage"] == "adopted" for each in room["documents"].values()) == 16
    acts = course(person.client, "RU", tmp_path / "r.bundle", tmp_path / "var" / "demo" / "log.pub")
    assert acts.count("sign") == 10
