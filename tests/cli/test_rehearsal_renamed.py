"""No name is in code: under other names for organisation, states, bodies, seats and persons all is equal."""

import re

import pytest
from tests.cli.rehearsals import PROFILES, copy_of, run

from plenary.cli.rehearsal.chance import lot
from plenary.desk.codec import bodies
from plenary.record import decode_bundle
from plenary.rules.profile_reading import read_profile

SEATS = {
    "presiding": "dais",
    "secretariat": "registry",
    "operator": "tech",
    "booth-ru": "cabin-1",
    "booth-zh": "cabin-2",
    "booth-en": "cabin-3",
    "un-secretary-general": "visitor",
}
WORDS = {
    "Shanghai Cooperation Organisation": "League of Examples",
    "Шанхайская организация сотрудничества": "Лига примеров",
    "Шанхайской организации сотрудничества": "Лиги примеров",
    "上海合作组织": "示例联盟",
    "上合组织": "示盟",
    "SCO": "LOE",
    "ШОС": "ЛП",
    '"sco"': '"loe"',
    '"sco/': '"loe/',
}


def read(folder):
    texts = [(folder / file).read_text("utf-8") for file in ("organisation.toml", "procedure.toml")]
    return read_profile(*texts)


def parties():
    """Other identifiers for all parties, drawn by lot; the order of their names is another matter."""
    profile = read(PROFILES / "sco")
    ids = [party.id for party in profile.organisation.parties]
    new = [f"P{number:02}" for number in range(len(ids))]
    lot("renaming").shuffle(new)
    return dict(zip(ids, new, strict=True))


def names():
    """Other names for all parties, in the same alphabetical order, and for everyone who holds an office."""
    profile = read(PROFILES / "sco")
    alphabet = profile.organisation.ordering.alphabet
    in_order = [key for kind in profile.procedure.kinds for key in profile.in_order(kind)]
    changed = {}
    for place, key in enumerate(in_order):
        party = profile.party(key)
        for text in (party.short, party.long):
            for language, name in text.items():
                changed[name] = f"Б{alphabet[place]}" if language == "ru" else f"Land {place}"
        for office in party.offices:
            for holder in office.holders:
                for language, name in holder.names.items():
                    letters = f"Лицо {alphabet[place]}{alphabet[len(changed) % 30]}"
                    changed[name] = letters if language == "ru" else f"Person {len(changed)}"
    return changed


def renamed(text, ids, said):
    for old, new in sorted(said.items(), key=lambda each: -len(each[0])):
        text = re.sub(rf'(?<=["])({re.escape(old)})(?=["])', new, text)
    for old, new in WORDS.items():
        text = text.replace(old, new)
    for old, new in ids.items():
        text = re.sub(rf'(?<=["!]){re.escape(old)}(?=["/])', new, text)
        text = re.sub(rf"(?<=/){re.escape(old)}(?=-coordinator)", new, text)
    return text


def seats_only(text):
    """Seat identifiers in an organisation stand as ``id``; the kinds of the same name stay."""
    for old, new in SEATS.items():
        text = text.replace(f'id = "{old}"\nkind', f'id = "{new}"\nkind')
    return text


def under_other_names(folder):
    ids = parties()
    said = names()
    people = {"vladimir-putin": "person-a", "xi-jinping": "person-b", "emomali-rahmon": "person-c"}
    summit = copy_of("moscow-2020", folder)
    for file in summit.rglob("*.toml"):
        text = renamed(file.read_text("utf-8"), {**ids, **SEATS, **people}, said)
        file.write_text(text.replace('profile = "loe"', 'profile = "../loe"'), "utf-8")
    (folder / "loe").mkdir()
    for file in ("organisation.toml", "procedure.toml"):
        text = seats_only(renamed((PROFILES / "sco" / file).read_text("utf-8"), ids, said))
        (folder / "loe" / file).write_text(text, "utf-8")
    return summit, {**ids, **SEATS}


def course(bundle):
    """What was done from which seat, act by act, and what followed."""
    return [
        (
            deed.by.seat,
            deed.act.__struct_config__.tag,
            deed.facts.at,
            [event.__struct_config__.tag for event in deed.events],
        )
        for body in bodies(decode_bundle(bundle.read_bytes()).entries)
        for deed in body.deeds
    ]


def _all_names(profile):
    organisation = read(profile).organisation
    yield from organisation.names.values()
    yield organisation.id
    for party in organisation.parties:
        yield from (party.id, *party.short.values(), *party.long.values())
        yield from (n for o in party.offices for h in o.holders for n in h.names.values())
    yield from (seat.id for seat in organisation.seats)


@pytest.mark.parametrize("fault", [None, "line-lost", "chair-lost", "head-replaced"])
def test_under_other_names_everything_is_equal(fault, capsys, tmp_path):
    summit, ids = under_other_names(tmp_path)
    words = ["--json", *(["--fault", fault] if fault else [])]
    _, one, _ = run(capsys, "moscow-2020", *words, "--out", tmp_path / "one")
    status, other, said = run(capsys, summit, *words, "--out", tmp_path / "other")
    assert (status, said) == (0, "")
    assert other["next_chair"] == ids[one["next_chair"]]
    assert other["speaking_order"] == [ids[seat] for seat in one["speaking_order"]]
    for key in (
        "documents",
        "adopted",
        "participants",
        "mandates",
        "reports",
        "entries",
        "refused",
    ):
        assert other[key] == one[key]
    assert course(tmp_path / "other/record.bundle") == [
        (ids[seat], *rest) for seat, *rest in course(tmp_path / "one/record.bundle")
    ]
    assert not {*_all_names(tmp_path / "loe")} & {*_all_names(PROFILES / "sco")}


def test_no_name_of_a_shipped_organisation_is_in_code():
    profile = read(PROFILES / "sco")
    words = {party.short["en"] for party in profile.organisation.parties} | {"Shanghai"}
    source = PROFILES.parent
    found = [
        f"{file.relative_to(source)}: {word}"
        for file in source.rglob("*.py")
        for word in words
        if re.search(rf"\b{re.escape(word)}\b", file.read_text("utf-8"))
    ]
    assert found == []
