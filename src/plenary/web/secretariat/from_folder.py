"""Convening from a summit folder: a preview of everything that will be done, then the acts themselves.

Rule 1: nothing is done before the preview was seen; a fault in the folder keeps everything from being done.
Rule 2: what was sent goes along in the form, so that no machine keeps it and nothing is lost on an error.
Rule 3: each act has its key; sent again after an error, what was done is not done twice.
"""

import base64
import binascii
import tempfile
import time
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib import resources
from pathlib import Path
from typing import Any, Final

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import RegexValidator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, ngettext

from plenary import wiring
from plenary.folders.doubts import doubts
from plenary.folders.folder import SUMMIT, Folder
from plenary.folders.preparation import Planned, planned, secretariat_seat, spoken, tried
from plenary.folders.reading import FolderFaultyError, read_folder
from plenary.rules import acts as a
from plenary.rules.profile import Profile
from plenary.rules.profile_reading import Fault
from plenary.rules.refusals import Refused
from plenary.store.access import origins
from plenary.store.models import Person
from plenary.web.accounts.invitations import accounts
from plenary.web.acts_client import NotReachedError, RefusedAct, door
from plenary.web.forms import new_key
from plenary.web.languages import listed, name_of_language, reader, said
from plenary.web.naming import Naming, word
from plenary.web.phrases import refusal
from plenary.web.secretariat.beside import enrol, keep_texts, keep_words
from plenary.web.secretariat.unpacking import MOST_ZIPPED, WHOLE, unpack
from plenary.web.who import keeper

NAME: Final = RegexValidator(r"^[a-z0-9][a-z0-9._-]{0,59}\Z")
SECONDS: Final = 8.0
"""How long one answer may take; what is left is done with the next."""


class NotUnpackedError(FolderFaultyError):
    """What was sent is no zip file that can be unpacked; its faults are in the reader's language."""


@dataclass
class Sent:
    """What was sent: a summit that comes with Plenary, or a zip file; and how far one has come with it."""

    summit: str
    zipped: bytes
    key: str
    name: str
    begun: bool


def summits() -> dict[str, str]:
    """Return the summits that come with Plenary, each with its title."""
    found: dict[str, str] = {}
    for path in sorted(_shipped().iterdir()):
        if (path / SUMMIT).is_file():
            tables: dict[str, Any] = tomllib.loads((path / SUMMIT).read_text("utf-8"))
            found[path.name] = f"{said(tables['titles'])}, {tables['date']}"
    return found


def _shipped() -> Path:
    return Path(str(resources.files("plenary") / "summits"))


def _shipped_profile(name: str) -> Profile:
    """Return a profile that comes with Plenary: what was sent names no folder of this machine."""
    known = sorted(p.name for p in (resources.files("plenary") / "profiles").iterdir())
    if name not in known:
        raise ValueError(f"one that comes with Plenary: {', '.join(known)}")
    return wiring.profile(name)


def convene_folder(request: HttpRequest) -> HttpResponse:
    """Show what a summit folder would do, and do it when told to."""
    by = keeper(request)
    if request.method != "POST":
        return redirect("convene")
    sent = _sent(request)
    try:
        with _opened(sent) as folder:
            work = Convening(request, by, sent, folder)
            return work.go_on() if request.POST.get("do") == "convene" else work.preview()
    except FolderFaultyError as faulty:
        context = {
            "faults": faulty.faults,
            "of_the_files": not isinstance(faulty, NotUnpackedError),
            "whole": WHOLE,
            "summits": summits(),
            "chosen": sent.summit,
        }
        return render(request, "secretariat/convene_folder.html", context, status=422)


def _sent(request: HttpRequest) -> Sent:
    post, file = request.POST, request.FILES.get("file")
    try:
        zipped = base64.b64decode(post.get("zipped", ""), validate=True)
    except binascii.Error:
        zipped = b""
    if isinstance(file, UploadedFile):
        zipped = file.read(MOST_ZIPPED + 1)
    return Sent(
        summit="" if zipped else post.get("summit", ""),
        zipped=zipped,
        key=post.get("key", "")[:40] or new_key(),
        name=post.get("name", "").strip(),
        begun=post.get("begun") == "1",
    )


@contextmanager
def _opened(sent: Sent) -> Iterator[Folder]:
    """Open what was sent, or raise ``FolderFaultyError`` with everything that is wrong in it."""
    if sent.summit in summits():
        yield read_folder(_shipped() / sent.summit, _shipped_profile)
        return
    with tempfile.TemporaryDirectory() as made:
        path = Path(made) / "summit"
        path.mkdir()
        faults = unpack(sent.zipped, path)
        if faults:
            raise NotUnpackedError(faults)
        try:
            folder = read_folder(path, _shipped_profile)
        except FolderFaultyError as faulty:
            raise FolderFaultyError([_without(path, each) for each in faulty.faults]) from None
        yield folder


def _without(path: Path, fault: Fault) -> Fault:
    """Return *fault* without the place on this machine, which is nobody's business."""
    return Fault(fault.file, fault.key, fault.expected.replace(str(path), "the zip file"))


@dataclass
class Course:
    """How far the acts have come."""

    done: int = 0
    refused: list[tuple[Planned, str]] = field(default_factory=list)
    stopped: str = ""


class Convening:
    """One request about one folder that can be read."""

    def __init__(self, request: HttpRequest, by: Person, sent: Sent, folder: Folder) -> None:
        self.request = request
        self.by = by
        self.sent = sent
        self.folder = folder
        self.org = folder.summit.profile
        own_name = folder.summit.origin.partition("/")[2]
        self.sent.name = sent.name or own_name
        self.named_anew = self.sent.name != own_name
        self.origin = f"{self.org}/{self.sent.name}"
        pages = folder.profile.organisation.languages.pages
        self.plan = planned(folder, {by.person_id: {page: by.name_in(page) for page in pages}})
        trial = tried(folder, self.plan, by.person_id, wiring.system_clock, wiring.random_salts)
        self.refusals = [(each, self._why(refused)) for each, refused in trial]

    @property
    def refuses_all(self) -> bool:
        """Whether the meeting could not even be convened."""
        return any(each is self.plan[0] for each, _ in self.refusals)

    def _why(self, refused: Refused) -> str:
        return refusal(refused, self.folder.profile, reader())

    def misnamed(self) -> str | None:
        """Return what is wrong with the name of the meeting, if anything is."""
        try:
            NAME(self.sent.name)
        except ValidationError:
            return gettext("Small letters, digits, dots, hyphens; at most 60.")
        if not self.sent.begun and self.origin in origins():
            return gettext("There is a meeting of that name already.")
        return None

    def preview(self, course: Course | None = None, status: int = 200) -> HttpResponse:
        """Show everything that will be done, or how far it has come."""
        folder, naming = self.folder, Naming(self.folder.profile, reader())
        guests = {guest.seat: said(guest.titles) for guest in folder.summit.guests}
        context = {
            "sent": self.sent,
            "zipped": base64.b64encode(self.sent.zipped).decode("ascii"),
            "folder": folder,
            "org": self.org,
            "named_anew": self.named_anew,
            "misnamed": self.misnamed() if course is None else None,
            "organisation": said(folder.profile.organisation.names),
            "body": naming.body(folder.summit.body),
            "form": word(folder.summit.form.value),
            "people": [
                (each, guests.get(each.seat) or naming.seat(each.seat)) for each in folder.people
            ],
            "accounts": accounts(each.id for each in folder.people),
            "papers": [
                (each, naming.document_type(each.type), _languages(folder.texts[each.id]))
                for each in folder.papers
            ],
            "steps": sum(1 for _ in spoken(folder)),
            "acts": len(self.plan) - len(self.refusals),
            "refusals": self.refusals,
            "doubts": list(doubts(folder)),
            "course": course,
        }
        return render(self.request, "secretariat/convene_folder.html", context, status=status)

    def go_on(self) -> HttpResponse:
        """Do what is still to be done, for as long as one answer may take."""
        if self.misnamed() or self.refuses_all:
            return self.preview(status=422)
        course = Course()
        try:
            finished = self._acts(course)
        except NotReachedError:
            self.sent.begun = True
            course.stopped = gettext("The live process did not answer.")
            return self.preview(course, 503)
        if course.refused and isinstance(course.refused[0][0].act, a.Convene):
            return self.preview(course, 409)
        self.sent.begun = True
        if not finished:
            return self.preview(course)
        self._finish(course)
        return redirect(f"/meetings/{self.origin}/secretariat/")

    def _acts(self, course: Course) -> bool:
        """Do act after act; return whether all were done."""
        left_out = {id(each) for each, _ in self.refusals}
        until = time.monotonic() + SECONDS
        for number, each in enumerate(self.plan):
            if id(each) in left_out:
                continue
            if time.monotonic() > until:
                return False
            try:
                self._one(number, each)
            except RefusedAct as refused:
                course.refused.append((each, refused.message))
                if isinstance(each.act, a.Convene):
                    return False
            else:
                course.done += 1
        return True

    def _one(self, number: int, each: Planned) -> None:
        seat, key = secretariat_seat(self.folder), f"{self.sent.key}-{number}"
        door().perform(self.origin, self.by.person_id, seat, each.act, key=key, language=reader())
        if isinstance(each.act, a.Convene):
            keep_texts(self.folder, self.origin)
        elif isinstance(each.act, a.ReceiveLetter):
            enrol(each.act.person, each.act.names)

    def _finish(self, course: Course) -> None:
        for person, names in self.folder.summit.secretariat.items():
            enrol(person, names)
        keep_words(self.folder, self.origin)
        done = ngettext(
            "The meeting was convened; %(n)d act stands in its record.",
            "The meeting was convened; %(n)d acts stand in its record.",
            course.done,
        )
        messages.success(self.request, done % {"n": course.done})
        for each, why in (*self.refusals, *course.refused):
            messages.warning(self.request, f"{each.file}: {each.key}: {why}")


def _languages(texts: dict[Any, str]) -> str:
    return listed(name_of_language(each) for each in texts)
