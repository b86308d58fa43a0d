"""Documents and agenda: tabling, amending, withdrawing; preparing the agenda and the list of documents."""

from typing import Any, cast

import msgspec
from django import forms
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import RegexValidator
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext, gettext_lazy

from plenary.rules import acts as a
from plenary.rules.meeting import Document, DocumentStage
from plenary.rules.names import DocumentId, ItemId, Language, PartyId, SeatId, unfit_character
from plenary.rules.visibility import MEMBERS
from plenary.store.access import NotFoundError
from plenary.store.files import keep_file
from plenary.web.forms import ActForm, Typed, choices
from plenary.web.languages import listed, name_of_language, said
from plenary.web.secretariat.at_work import AtWork, secretariat_page
from plenary.web.secretariat.prepared import draft_agenda, draft_list, keep_draft

IDENTIFIER = RegexValidator(
    r"^[A-Za-z0-9][A-Za-z0-9._-]*$",
    gettext_lazy("Latin letters, digits, dots and hyphens only."),
)
MOST_TEXT = 400_000
"""Characters of one text."""
BLANK_ROWS = 3


def _choice(form: forms.Form, name: str, pairs: list[tuple[str, str]]) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared as one
    field.choices = pairs


class TextsForm(ActForm):
    """The texts of a document, by language: written here or from a file, which then stands in the form."""

    def add_text_fields(self, work: AtWork, texts: dict[Language, str] | None = None) -> None:
        """Add the fields of the texts, with *texts* in them."""
        languages = work.found.profile.organisation.languages
        for language in dict.fromkeys([*languages.authentic, *languages.pages]):
            name = name_of_language(language)
            self.fields[f"text_{language}"] = forms.CharField(
                label=gettext("Text – %(language)s") % {"language": name},
                required=False,
                max_length=MOST_TEXT,
                widget=forms.Textarea(attrs={"lang": language, "rows": 6}),
                initial=(texts or {}).get(language, ""),
            )
            self.fields[f"file_{language}"] = forms.FileField(
                label=gettext("or from a file – %(language)s") % {"language": name}, required=False
            )

    def take_files(self) -> None:
        """Put the texts of files that were sent into the form, where they stay if the act is refused."""
        data = cast("QueryDict", self.data).copy()
        for name, file in cast("dict[str, UploadedFile[Any]]", self.files).items():
            text = file.read(4 * MOST_TEXT).decode("utf-8-sig", errors="replace")
            data[f"text_{name.removeprefix('file_')}"] = text.replace("\r\n", "\n")
        self.data = data
        self.files = cast("Any", {})

    def clean(self) -> dict[str, object]:
        """Refuse characters that mislead."""
        given = super().clean() or {}
        for name, value in given.items():
            if name.startswith("text_") and unfit_character(str(value).replace("\r\n", "\n")):
                self.add_error(name, gettext("The text contains a character that is not allowed."))
        return given

    def document_texts(self) -> dict[Language, str]:
        """Return the texts that were written, by language."""
        return {
            Language(name.removeprefix("text_")): str(value).replace("\r\n", "\n").strip() + "\n"
            for name, value in self.cleaned_data.items()
            if name.startswith("text_") and str(value).strip()
        }


class TableForm(TextsForm):
    """A document to be tabled."""

    document = Typed(label=gettext_lazy("Identifier"), max_length=60, validators=[IDENTIFIER])
    type = forms.ChoiceField(label=gettext_lazy("Type"))
    matter = forms.ChoiceField(
        label=gettext_lazy("Matter"),
        required=False,
        help_text=gettext_lazy("Only where the type does not say it."),
    )
    concerns = forms.ChoiceField(label=gettext_lazy("Member concerned"), required=False)
    initiative_of = forms.ChoiceField(label=gettext_lazy("Initiative of"), required=False)
    sponsors = forms.MultipleChoiceField(label=gettext_lazy("Sponsors"), required=False)
    amends = forms.ChoiceField(label=gettext_lazy("Amendment to"), required=False)
    report_author = forms.ChoiceField(label=gettext_lazy("Report of"), required=False)
    report_period = Typed(label=gettext_lazy("Period of the report"), required=False)
    signatory = forms.ChoiceField(label=gettext_lazy("Authorises to sign"), required=False)

    def __init__(self, work: AtWork, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        profile = work.found.profile
        languages = profile.organisation.languages
        pages = languages.pages
        self.add_texts("title", gettext("Title"), pages, languages.needed or pages[:1])
        self.add_texts("counterpart", gettext("Counterpart"), pages, [])
        self.add_texts("instrument", gettext("Instrument to be signed"), pages, [])
        self.add_text_fields(work)
        types = profile.procedure.document_types
        parties = [
            (p.id, said(p.short))
            for p in profile.organisation.parties
            if SeatId(p.id) in work.meeting.seats
        ]
        _choice(self, "type", [(key, said(kind.names)) for key, kind in types.items()])
        _choice(
            self, "matter", choices([(key, key) for key in profile.procedure.matters], empty=True)
        )
        for name in ("concerns", "initiative_of", "report_author", "signatory"):
            _choice(self, name, choices([(str(key), label) for key, label in parties], empty=True))
        _choice(self, "sponsors", [(str(key), label) for key, label in parties])
        known = [(str(key), work.naming.document(key)) for key in work.meeting.documents]
        _choice(self, "amends", choices(known, empty=True))

    def basic(self) -> list[forms.BoundField]:
        """Return the fields every document has."""
        return [
            self[name]
            for name in self.fields
            if name in ("document", "type") or name.startswith("title_")
        ]

    def of_texts(self) -> list[forms.BoundField]:
        """Return the fields of the texts."""
        return [self[name] for name in self.fields if name.startswith(("text_", "file_"))]

    def further(self) -> list[forms.BoundField]:
        """Return the fields few documents have."""
        shown = {field.name for field in [*self.basic(), *self.of_texts()]}
        return [self[name] for name in self.fields if name not in shown and name != "key"]

    def clean(self) -> dict[str, object]:
        """A document has a text; a report has its period, a mandate its counterpart and instrument."""
        given = super().clean()
        if not any(str(v).strip() for k, v in given.items() if k.startswith("text_")):
            self.add_error(None, gettext("The document needs a text."))
        if given.get("report_author") and not given.get("report_period"):
            self.add_error("report_period", gettext("A report needs its period."))
        if given.get("signatory") and not (self.texts("counterpart") and self.texts("instrument")):
            self.add_error(
                "signatory", gettext("A mandate needs its counterpart and its instrument.")
            )
        return given

    def act(self, digests: dict[Language, str]) -> a.Table:
        """Return the act."""
        given = self.cleaned_data
        author, signatory = given["report_author"], given["signatory"]
        return a.Table(
            document=DocumentId(given["document"]),
            type=given["type"],
            titles=self.texts("title"),
            texts=digests,
            sponsors=tuple(PartyId(each) for each in given["sponsors"]),
            initiative_of=PartyId(given["initiative_of"]) if given["initiative_of"] else None,
            matter=self.typed("matter"),
            concerns=PartyId(given["concerns"]) if given["concerns"] else None,
            amends=DocumentId(given["amends"]) if given["amends"] else None,
            report=a.Report(author=PartyId(author), period=given["report_period"])
            if author
            else None,
            authorises=a.Authorisation(
                signatory=PartyId(signatory),
                counterpart=self.texts("counterpart"),
                instrument=self.texts("instrument"),
            )
            if signatory
            else None,
        )


def keep_texts(origin: str, texts: dict[Language, str]) -> dict[Language, str]:
    """Keep *texts* for those who may read drafts, and return their digests."""
    return {language: keep_file(origin, text.encode(), MEMBERS) for language, text in texts.items()}


@secretariat_page
def papers(work: AtWork) -> HttpResponse:
    """List the documents and their stage; table one more; prepare the list to be put."""
    request = work.request
    post = request.POST if request.method == "POST" else None
    doing = post.get("do", "") if post is not None else ""
    form = TableForm(work, post, request.FILES or None) if doing == "table" else TableForm(work)
    if doing == "table":
        form.take_files()
        if form.is_valid():
            digests = keep_texts(work.found.origin, form.document_texts())
            if work.attempt(form.act(digests), form.act_key()):
                return redirect(request.path)
    if doing == "list" and post is not None:
        chosen = [
            DocumentId(each) for each in post.getlist("listed") if each in work.meeting.documents
        ]
        if chosen:
            keep_draft(work, a.DocumentList(documents=tuple(sorted(chosen, key=_place(post)))))
            messages.success(request, gettext("The list is prepared for the presiding officer."))
        return redirect(request.path)
    prepared = draft_list(work)
    return work.page(
        "papers",
        form=form,
        documents=[_row(work, d, prepared) for d in work.meeting.documents.values()],
        prepared=prepared,
        here_tab="papers",
    )


def _place(post: Any) -> Any:
    def place(document: str) -> tuple[int, str]:
        given = post.get(f"place-{document}", "")
        return (int(given) if given.isascii() and given.isdigit() else 10_000, document)

    return place


def _row(work: AtWork, document: Document, prepared: tuple[DocumentId, ...]) -> dict[str, object]:
    place = list(work.meeting.documents).index(document.id) + 1
    if document.id in prepared:
        place = prepared.index(document.id) + 1
    return {
        "document": document,
        "type": work.naming.document_type(document.type),
        "on_list": document.id in prepared if prepared else document.stage is DocumentStage.TABLED,
        "place": place,
        "agreed": work.meeting.listed is not None and document.id in work.meeting.listed,
    }


class AmendForm(TextsForm):
    """New texts in place of the old."""

    ground = Typed(
        label=gettext_lazy("Ground"),
        help_text=gettext_lazy("Why the text is changed; it stands in the record."),
    )

    def __init__(
        self, work: AtWork, texts: dict[Language, str], *args: object, **kwargs: object
    ) -> None:
        super().__init__(*args, **kwargs)
        self.add_text_fields(work, texts)


@secretariat_page
def paper(work: AtWork, document: str) -> HttpResponse:
    """Show one document; amend or withdraw it."""
    known = work.meeting.documents.get(DocumentId(document))
    if known is None:
        raise NotFoundError
    request = work.request
    post = request.POST if request.method == "POST" else None
    doing = post.get("do", "") if post is not None else ""
    form = AmendForm(
        work, _texts(work, known), post if doing == "amend" else None, request.FILES or None
    )
    if doing == "amend":
        form.take_files()
        if form.is_valid():
            digests = keep_texts(work.found.origin, form.document_texts())
            act = a.Amend(document=known.id, texts=digests, ground=form.cleaned_data["ground"])
            if digests and work.attempt(act, form.act_key()):
                return redirect(request.path)
    if doing == "withdraw" and post is not None:
        key = post.get("key") or form.initial["key"]
        if work.attempt(a.WithdrawDocument(document=known.id), key):
            return redirect("papers", *work.found.origin.split("/", 1))
    changeable = known.stage in (DocumentStage.TABLED, DocumentStage.BEFORE_THE_MEETING)
    return work.page(
        "paper",
        document=known,
        type=work.naming.document_type(known.type),
        form=form,
        changeable=changeable,
        sponsors=work.naming.seats(known.sponsors),
        here_tab="papers",
    )


def _texts(work: AtWork, document: Document) -> dict[Language, str]:
    found = {}
    for language in document.texts:
        try:
            found[language] = work.found.text(work.seat, document.id, language).decode(
                errors="replace"
            )
        except NotFoundError:
            continue
    return found


# ---- agenda --------------------------------------------------------------------------------------


@secretariat_page
def agenda(work: AtWork) -> HttpResponse:
    """Prepare the agenda that is put at the opening; once adopted it is shown as it is."""
    pages = work.found.profile.organisation.languages.pages
    rows = [_item_row(item, pages) for item in work.meeting.agenda or draft_agenda(work)]
    errors: list[str] = []
    if work.request.method == "POST" and work.meeting.agenda is None:
        rows = _rows_sent(work, pages)
        items = _items(work, rows, pages, errors)
        if items and not errors:
            keep_draft(work, a.Agenda(items=tuple(items)))
            messages.success(
                work.request, gettext("The agenda is prepared for the presiding officer.")
            )
            return redirect(work.request.path)
    blank = [{"id": "", "titles": [(p, "") for p in pages], "documents": ""}] * BLANK_ROWS
    answer = work.page(
        "agenda",
        rows=[*rows, *([] if work.meeting.agenda else blank)],
        adopted=work.meeting.agenda is not None,
        errors=errors,
        known=[(key, work.naming.document(key)) for key in work.meeting.documents],
        here_tab="agenda",
    )
    if errors:
        answer.status_code = 422
    return answer


def _item_row(item: a.Item, pages: tuple[Language, ...]) -> dict[str, object]:
    titles = [(page, item.titles.get(page, "")) for page in pages]
    return {"id": item.id, "titles": titles, "documents": ", ".join(item.documents)}


def _rows_sent(work: AtWork, pages: tuple[Language, ...]) -> list[dict[str, object]]:
    post = work.request.POST
    count = min(len(post.getlist("id")), 400)
    columns = {page: post.getlist(f"title_{page}") for page in pages}
    rows: list[dict[str, object]] = []
    for place in range(count):
        titles = [(p, columns[p][place].strip() if place < len(columns[p]) else "") for p in pages]
        documents = post.getlist("documents")
        listed = documents[place].strip() if place < len(documents) else ""
        key = post.getlist("id")[place].strip()
        if key or listed or any(title for _, title in titles):
            rows.append({"id": key, "titles": titles, "documents": listed})
    return rows


def _items(
    work: AtWork, rows: list[dict[str, object]], pages: tuple[Language, ...], errors: list[str]
) -> list[a.Item]:
    items = []
    official = work.found.profile.organisation.languages.official
    for number, row in enumerate(rows, 1):
        titles = {Language(k): v for k, v in cast("list[tuple[str, str]]", row["titles"]) if v}
        documents = [each.strip() for each in str(row["documents"]).split(",") if each.strip()]
        missing = [name_of_language(p) for p in pages if p in official and p not in titles]
        unknown = [each for each in documents if each not in work.meeting.documents]
        if missing:
            errors.append(
                gettext("Item %(n)s has no title in: %(languages)s")
                % {"n": number, "languages": listed(missing)}
            )
        if unknown:
            errors.append(
                gettext("Item %(n)s names documents that were not tabled: %(documents)s")
                % {"n": number, "documents": listed(unknown)}
            )
        plain = {"id": str(row["id"]) or str(number), "titles": titles, "documents": documents}
        try:
            items.append(msgspec.convert(plain, a.Item))
        except msgspec.ValidationError:
            errors.append(gettext("Item %(n)s is too long.") % {"n": number})
    keys: list[ItemId] = [item.id for item in items]
    if len(set(keys)) != len(keys):
        errors.append(gettext("Two items have the same number."))
    return items
