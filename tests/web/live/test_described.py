"""What schemathesis makes of the description, thrown at a live process: it answers as described."""

import copy
import json
from typing import Any

import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import Case, GenerationMode
from schemathesis.core.result import Ok
from schemathesis.openapi import from_dict
from schemathesis.schemas import APIOperation, BaseSchema
from schemathesis.specs.openapi import checks
from tests.web.live.serving import ROOT, LiveProcess

DESCRIBED = json.loads((ROOT / "docs" / "live.openapi.json").read_text("utf-8"))
ROLES = {
    "public": (None, "RU"),
    "head": ("head-RU", "RU"),
    "observer": ("head-AF", "AF"),
    "presiding": ("head-presiding", "presiding"),
    "secretariat": ("secretary", "secretariat"),
}
HELD_TO = [
    schemathesis.checks.not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_headers_conformance,
    checks.response_schema_conformance,
    checks.negative_data_rejection,
]
BOUNDS = settings(
    derandomize=True,
    database=None,
    max_examples=20,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
EVERYTHING = {"presiding", "secretariat"}
READ_DRAFTS = EVERYTHING | {"head"}
NOTHING_TO_NEGATE = ("GET /profile.json", "GET /public.bundle")


def as_asked_from(seat: str) -> dict[str, Any]:
    """The description, so narrowed that most of what is made of it gets beyond the door."""
    described: dict[str, Any] = copy.deepcopy(DESCRIBED)
    shapes = described["components"]["schemas"]
    for posted in ("ActPosted", "PresencePosted", "NotePosted"):
        shapes[posted]["properties"]["seat"]["enum"] = [seat]
    shapes["NotePosted"]["properties"]["to"]["enum"] = ["RU", "KZ"]
    shapes["ActPosted"]["properties"]["seen"] |= {"maximum": 3}
    known = {"seat": [seat], "document": ["st-1", "st-2"], "language": ["ru", "zh-hans", "fr"]}
    for ways in described["paths"].values():
        for way in ways.values():
            for each in way["parameters"]:
                if each["name"] in known:
                    each["schema"]["enum"] = known[each["name"]]
    return described


class Browser:
    """Sends what was made up, as a person's browser sends it."""

    def __init__(self, live: LiveProcess, person: str | None) -> None:
        self.headers = {"Origin": live.url, **live.cookie(person)}
        self.session = requests.Session()
        self.session.trust_env = False
        self.statuses: dict[str, set[int]] = {}

    def sends(self, case: Case[Any]) -> None:
        how = case.as_transport_kwargs(headers=self.headers)
        feed = case.operation.path.endswith("/feed")
        answer = self.session.request(**how, stream=feed, timeout=10)
        if feed and answer.status_code == 200:
            answer._content = b""  # it has no end
            answer.close()
        self.statuses.setdefault(case.operation.label, set()).add(answer.status_code)
        case.validate_response(answer, checks=HELD_TO)


def operations(described: BaseSchema) -> list[APIOperation[Any, Any, Any, Any]]:
    found = [each.ok() for each in described.get_all_operations() if isinstance(each, Ok)]
    assert len(found) == len(DESCRIBED["paths"])
    return found


def throw(
    browser: Browser, operation: APIOperation[Any, Any, Any, Any], mode: GenerationMode
) -> None:
    @BOUNDS
    @given(case=operation.as_strategy(generation_mode=mode))
    def thrown(case: Case[Any]) -> None:
        browser.sends(case)

    thrown()


@pytest.mark.parametrize("role", ROLES)
def test_whatever_is_asked_the_answer_is_one_that_is_described(
    live: LiveProcess, role: str
) -> None:
    person, seat = ROLES[role]
    described = from_dict(as_asked_from(seat))
    described.config.update(base_url=f"{live.url}/meetings/{live.prepared.origin}")
    browser = Browser(live, person)
    for operation in operations(described):
        for mode in GenerationMode:
            if mode.is_positive or operation.label not in NOTHING_TO_NEGATE:
                throw(browser, operation, mode)
    browser.session.close()
    answered = browser.statuses
    assert len(answered) == len(DESCRIBED["paths"])
    for name in ("script.json", "record.bundle"):
        assert (200 in answered[f"GET /{name}"]) == (role in EVERYTHING)
    assert (200 in answered["GET /documents/{document}/{language}"]) == (role in READ_DRAFTS)
    for name, status in {"acts": 409, "presence": 204, "notes": 204}.items():
        assert (status in answered[f"POST /{name}"]) == (person is not None)


def test_another_meeting_is_not_found_whatever_is_asked(live: LiveProcess) -> None:
    described = from_dict(as_asked_from("secretariat"))
    described.config.update(base_url=f"{live.url}/meetings/sco/another")
    browser = Browser(live, "secretary")
    for operation in operations(described):
        throw(browser, operation, GenerationMode.POSITIVE)
    browser.session.close()
    assert set().union(*browser.statuses.values()) == {404}
