"""People who act at random: most acts are in order, some are refused; the words they use can be traced."""

import random
from typing import Any

from tests.web.live.serving import Answer, LiveProcess

MEMBERS = ("RU", "KZ", "CN", "IN")


class Driver:
    """Drives one meeting through its POSTs."""

    def __init__(self, live: LiveProcess, seed: int) -> None:
        self.live = live
        self.random = random.Random(seed)
        self.sent = 0
        self.done: list[dict[str, Any]] = []
        self.secrets = 0

    def secret(self) -> str:
        self.secrets += 1
        return f"SECRET{self.secrets:04d}"

    def act(self, person: str, in_seat: str, /, **act: Any) -> Answer:
        self.sent += 1
        answer = self.live.act(person, in_seat, act, f"key-{self.sent}")
        assert answer.status in (200, 409), (act, answer)
        if answer.status == 200:
            self.done.append(answer.json)
        return answer

    def head(self, in_seat: str, /, **act: Any) -> Answer:
        return self.act(
            "secretary" if in_seat == "secretariat" else f"head-{in_seat}", in_seat, **act
        )

    def here(self) -> None:
        for seat in (*MEMBERS, "PK", "KG", "TJ", "UZ", "presiding"):
            self.live.present(f"head-{seat}", seat)

    def window(self) -> dict[str, Any] | None:
        room = self.live.get("room.json", "head-presiding", "presiding").json
        found: dict[str, Any] | None = room["meeting"].get("window")
        return found

    def step(self) -> None:
        one = self.random.choice
        seat = one(MEMBERS)
        window = self.window()
        what = one(["floor", "floor", "chair", "paper", "consult", "consult", "seats"])
        if what == "floor":
            self._floor(seat)
        elif what == "chair":
            self._chair(window)
        elif what == "paper":
            texts = {each: f"{self.random.getrandbits(256):064x}" for each in ("ru", "zh-hans")}
            self.act(
                "secretary",
                "secretariat",
                act="amend",
                document="st-1",
                texts=texts,
                ground=self.secret(),
            )
        elif what == "consult" and window is not None:
            self._consult(seat, window)
        else:
            self.head(
                one([*MEMBERS, "operator", "booth-ru"]),
                act="signal_ready",
                ready=one([True, False]),
            )
            self.head(seat, act="take_seat", screen=one(["a", "b"]), displace=True)

    def _floor(self, seat: str) -> None:
        what = self.random.choice(["ask", "ask", "give", "end", "order", "rule", "leave"])
        if what == "ask":
            self.head(seat, act="ask_for_the_floor", delivery="live")
        elif what == "give":
            self.head("presiding", act="give_the_floor", seat=seat)
        elif what == "end":
            self.head("presiding", act="end_speech")
        elif what == "order":
            self.head(seat, act="raise_point_of_order", point=self.secret())
        elif what == "rule":
            self.head("presiding", act="rule", upheld=True, rule="speaking", ruling=self.secret())
        else:
            self.head("AF", act="leave_meeting", statement=self.secret())
            self.head("AF", act="return_to_meeting")

    def _chair(self, window: dict[str, Any] | None) -> None:
        what = self.random.choice(["segment", "ruling", "put", "put", "decide", "letter"])
        if what == "segment":
            closed = self.random.random() < 0.5
            form = self.random.choice(["narrow", "extended"])
            self.head("presiding", act="open_segment", format=form, closed=closed)
        elif what == "ruling":
            self.head(
                "presiding",
                act="give_ruling",
                rule="speaking",
                ruling=self.secret(),
                ground=self.secret(),
            )
        elif what == "put":
            self.put()
        elif what == "decide" and window is not None:
            self.here()
            for seat in self.random.sample(MEMBERS, 3):
                self.acknowledge(seat, window)
            self.decide(window)
        else:
            names = dict.fromkeys(("en", "ru", "zh-hans"), self.secret())
            person = f"new-{self.secrets}"
            self.act(
                "secretary",
                "secretariat",
                act="receive_letter",
                seat="KZ",
                person=person,
                names=names,
                role="staff",
            )

    def put(self) -> Answer:
        item = {"id": "1", "titles": dict.fromkeys(("en", "ru", "zh-hans"), "First item")}
        return self.head("presiding", act="put", subject={"subject": "agenda", "items": [item]})

    def acknowledge(self, seat: str, window: dict[str, Any]) -> Answer:
        return self.head(seat, act="acknowledge_text", window=window["id"], digest=window["digest"])

    def decide(self, window: dict[str, Any]) -> Answer:
        if self.random.random() < 0.5:
            return self.head("presiding", act="declare_adopted", window=window["id"])
        return self.head("presiding", act="set_aside", window=window["id"])

    def _consult(self, seat: str, window: dict[str, Any]) -> None:
        what = self.random.choice(["ack", "ack", "object", "lift", "phone"])
        if what == "ack":
            self.acknowledge(seat, window)
        elif what == "object":
            self.head(seat, act="object", window=window["id"], reason=self.secret())
        elif what == "lift":
            self.head(seat, act="lift_objection", window=window["id"])
        else:
            self.act(
                "secretary",
                "secretariat",
                act="confirm_by_telephone",
                window=window["id"],
                seat=seat,
                digest=window["digest"],
                person=f"aide-{seat}",
            )
