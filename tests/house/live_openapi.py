"""Writes the live protocol's description for machines from the structs and the router that speak it.

``python -m tests.house.live_openapi > docs/live.openapi.json``

Rule 1: shapes come from the structs, addresses and methods from the router; said here is only which
    answer has which shape.
Rule 2: a status that is not said here is a fault of the live process.
"""

import json
import os
import sys
from typing import Any, Final

import msgspec

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "plenary.web.live.django_settings")
    import django

    django.setup()

from plenary.desk.codec import Deed
from plenary.feed.snapshots import RoomState
from plenary.rules.profile import Profile
from plenary.web.live.acts import ActPosted, Done, NotePosted, PresencePosted, RefusedAnswer
from plenary.web.live.meetings import ADDRESSES, DOCUMENTS, NAME
from plenary.web.live.reading import DocumentRead

STRUCTS: Final = (
    *(ActPosted, PresencePosted, NotePosted, Done, RefusedAnswer, DocumentRead),
    *(Deed, RoomState, Profile),
)
TO_STRUCTS: Final = "#/components/schemas/{name}"
WHY: Final = {
    200: "As asked.",
    204: "Done.",
    304: "As the reader has it (`If-None-Match`).",
    400: "Malformed, or a host that is not ours.",
    403: "Not from a page of this origin.",
    404: "Not there, or not for this viewer.",
    408: "The body came too slowly.",
    409: "Refused; nothing changed.",
    413: "The body is too large.",
    415: "The body does not say that it is JSON.",
    429: "Too often.",
    503: "The database, the process or the meeting's profile is not there.",
}
ALWAYS: Final = (400, 404, 429, 503)
POSTED: Final = (403, 408, 413, 415)
SAID: Final = [
    *("malformed", "not_found", "cross_site", "not_json", "too_large", "too_slow", "too_many"),
    *("unknown_host", "unavailable", "gone"),
]
FAILURE: Final = {
    "type": "object",
    "properties": {
        "error": {"enum": SAID},
        "message": {"type": "string"},
        "where": {"type": "string"},
    },
    "required": ["error"],
    "additionalProperties": False,
}
TAG: Final = {
    "etag": {"required": True, "schema": {"type": "string", "pattern": '^"[0-9a-f]{32}"$'}}
}


def struct(kind: type) -> dict[str, str]:
    return {"$ref": TO_STRUCTS.format(name=kind.__name__)}


def an_object(**properties: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


HELD: Final = an_object(
    window={"type": ["string", "null"]}, deeds={"type": "array", "items": struct(Deed)}
)
STEP: Final = {"type": "object", "required": ["id", "say"]}
WHOLE_ROOM: Final = an_object(number={"type": "integer"}, meeting=struct(RoomState), held=HELD)
JSON: Final = "application/json"
BYTES: Final[tuple[str, dict[str, Any]]] = ("application/octet-stream", {})
ANSWERS: Final[dict[str, dict[int, tuple[str, dict[str, Any]] | None]]] = {
    "feed": {200: ("text/event-stream", {"type": "string"})},
    "room.json": {200: (JSON, WHOLE_ROOM)},
    "profile.json": {200: (JSON, struct(Profile)), 304: None},
    "script.json": {200: (JSON, {"type": "array", "items": STEP})},
    DOCUMENTS: {200: (JSON, struct(DocumentRead))},
    "public.bundle": {200: BYTES, 304: None},
    "record.bundle": {200: BYTES},
    "acts": {200: (JSON, struct(Done)), 409: (JSON, struct(RefusedAnswer))},
    "presence": {204: None, 409: (JSON, an_object(displaced={"const": True}))},
    "notes": {204: None},
}
"""What each address answers when it answers what was asked."""
BODIES: Final = {"acts": ActPosted, "presence": PresencePosted, "notes": NotePosted}
SEAT: Final = {
    "name": "seat",
    "in": "query",
    "description": "The seat one looks from; none: the public.",
    "schema": {"type": "string"},
}
KNOWN: Final = {"name": "If-None-Match", "in": "header", "schema": {"type": "string"}}
AFTER: Final = [
    {
        "name": "after",
        "in": "query",
        "schema": {"type": "integer", "minimum": -1, "maximum": 10**12 - 1},
    },
    {
        "name": "Last-Event-ID",
        "in": "header",
        "schema": {"type": "string", "pattern": "^([0-9]{1,12}|-1)?$"},
    },
]
FROM_A_PAGE: Final = {
    "name": "X-Plenary",
    "in": "header",
    "required": True,
    "description": "With it, an `Origin` of this scheme and host, as browsers send by themselves.",
    "schema": {"enum": ["1"]},
}
IN_A_DOCUMENT: Final = [
    {
        "name": "document",
        "in": "path",
        "required": True,
        "schema": {"type": "string", "pattern": f"^{NAME}$"},
    },
    {
        "name": "language",
        "in": "path",
        "required": True,
        "schema": {"type": "string", "pattern": "^[a-z]{2,3}(-[a-z0-9]{2,8})*$"},
    },
]


def parameters(name: str) -> list[dict[str, Any]]:
    if name in BODIES:
        return [FROM_A_PAGE]
    found: list[dict[str, Any]] = list(IN_A_DOCUMENT) if name == DOCUMENTS else []
    if 304 in ANSWERS[name]:
        return [KNOWN]
    return [*found, SEAT, *(AFTER if name == "feed" else [])]


def answers(name: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    failures = {*ALWAYS, *(POSTED if name in BODIES else ())}
    failed = (JSON, {"$ref": TO_STRUCTS.format(name="Failure")})
    for status, said in sorted({**dict.fromkeys(failures, failed), **ANSWERS[name]}.items()):
        found[str(status)] = {"description": WHY[status]}
        if said is not None:
            kind, shape = said
            found[str(status)]["content"] = {kind: {"schema": shape}}
        if status in (200, 304) and 304 in ANSWERS[name]:
            found[str(status)]["headers"] = TAG
    return found


def operation(name: str) -> dict[str, Any]:
    said: dict[str, Any] = {
        "operationId": name,
        "security": [{"session": []}, {}],
        "parameters": parameters(name),
        "responses": answers(name),
    }
    if name in BODIES:
        content = {JSON: {"schema": struct(BODIES[name])}}
        said["requestBody"] = {"required": True, "content": content}
    return said


def description() -> dict[str, Any]:
    """Return the whole description, as OpenAPI 3.1."""
    _, components = msgspec.json.schema_components(STRUCTS, ref_template=TO_STRUCTS)
    place = {"org": {"default": "sco"}, "meeting": {"default": "chs-2020-11-10"}}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "The live protocol of Plenary",
            "version": "1",
            "description": "Made from the code; docs/live.md says what it means.",
        },
        "servers": [{"url": "/meetings/{org}/{meeting}", "variables": place}],
        "paths": {
            f"/{name}": {method.lower(): operation(name)} for name, (method, _) in ADDRESSES.items()
        },
        "components": {
            "schemas": {**components, "Failure": FAILURE},
            "securitySchemes": {
                "session": {
                    "type": "apiKey",
                    "in": "cookie",
                    "name": "plenary_session",
                    "description": "Over https it is called `__Host-plenary_session`.",
                }
            },
        },
    }


def page() -> str:
    """Return the description as it lies in docs."""
    return json.dumps(description(), indent=1, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    sys.stdout.write(page())
