"""The rehearsals that come with Plenary: the gold figures, each fault's course, the same seed the same bytes."""

import json

import pytest
from tests.cli.rehearsals import SUMMITS, change, copy_of, run

from plenary import wiring
from plenary.cli import main
from plenary.cli.naming import named, ranges
from plenary.cli.rehearsal.pace import pausing
from plenary.cli.rehearsal.weaving import known_faults
from plenary.desk.codec import bodies
from plenary.desk.verifying import verify_bundle
from plenary.folders.doubts import doubts
from plenary.folders.reading import read_folder
from plenary.record import decode_bundle, prove

KEYS = [
    "documents",
    "adopted",
    "participants",
    "speaking_order",
    "mandates",
    "reports",
    "entries",
    "refused",
    "next_chair",
    "bundle",
    "head",
]
GOLD = {
    "documents": {"declaration": 1, "decision": 9, "statement": 6},
    "adopted": {"for_signature": 10, "without_signing": 6},
    "participants": {"members": 8, "observers": 4, "bodies": 2, "guests": 1},
    "speaking_order": ["RU", "IN", "KZ", "CN", "KG", "PK", "TJ", "UZ"],
    "mandates": 3,
    "reports": 2,
    "next_chair": "TJ",
}
FAULTS = known_faults(SUMMITS / "moscow-2020")
EVERY_FAULT = [
    pytest.param(
        name,
        marks=[pytest.mark.slow, pytest.mark.enable_socket] if name == "server-killed" else [],
    )
    for name in FAULTS
]


def gold(summary):
    return {key: summary[key] for key in GOLD}


def withheld(bundle):
    return [entry.number for entry in decode_bundle(bundle.read_bytes()).entries if not entry.body]


def departures(folder):
    verified = verify_bundle((folder / "record.bundle").read_bytes())
    return [departure.kind for departure in verified.departures]


def events(folder, name):
    return [
        event
        for body in bodies(decode_bundle((folder / "record.bundle").read_bytes()).entries)
        for deed in body.deeds
        for event in deed.events
        if event.__struct_config__.tag == name
    ]


def test_moscow_comes_out_as_it_did(capsys, tmp_path):
    status, summary, said = run(capsys, "moscow-2020", "--json", "--out", tmp_path)
    assert (status, said) == (0, "")
    assert list(summary) == KEYS
    assert gold(summary) == GOLD
    assert summary["refused"] == 0
    assert summary["bundle"] == str(tmp_path / "record.bundle")
    proven = verify_bundle(
        (tmp_path / "record.bundle").read_bytes(), key=(tmp_path / "log.pub").read_text().strip()
    )
    assert (proven.size, proven.head) == (summary["entries"], summary["head"])
    assert len(events(tmp_path, "document_signed")) == 80


def test_the_same_seed_gives_the_same_bytes_and_another_seed_others(capsys, tmp_path):
    heads = []
    for out, seed in (("one", "s"), ("two", "s"), ("three", "t")):
        status, summary, _ = run(
            capsys, "moscow-2020", "--json", "--seed", seed, "--out", tmp_path / out
        )
        assert status == 0
        assert gold(summary) == GOLD
        heads.append(summary["head"])
    for file in ("record.bundle", "public.bundle", "log.pub"):
        one, two, three = ((tmp_path / out / file).read_bytes() for out in ("one", "two", "three"))
        assert one == two != three
    assert heads[0] == heads[1] != heads[2]


def test_the_transcript_names_speaker_act_and_outcome(capsys, tmp_path):
    status, _, said = run(capsys, "moscow-2020", "--speed", "max", "--out", tmp_path)
    assert status == 0
    assert "presiding (vladimir-putin)" in said
    assert "give the floor KZ  → entry" in said
    assert "80 seats" in said
    assert "“I give the floor to the President of Kazakhstan.”" in said
    assert "---- 10 November 2020, UTC+03:00" in said
    assert "members spoke  Russia (RU), India (IN), Kazakhstan (KZ)" in said
    assert "next chair     Tajikistan (TJ)" in said


@pytest.mark.parametrize("fault", EVERY_FAULT)
def test_every_fault_takes_its_course_and_both_bundles_verify(fault, capsys, tmp_path):
    status, summary, said = run(
        capsys, "moscow-2020", "--json", "--fault", fault, "--seed", fault, "--out", tmp_path
    )
    assert (status, said) == (0, "")
    if fault != "objection-kept":
        assert gold(summary) == GOLD
    key = (tmp_path / "log.pub").read_text().strip()
    for bundle in ("record.bundle", "public.bundle"):
        verified = verify_bundle((tmp_path / bundle).read_bytes(), key=key)
        assert verified.head == summary["head"]


def test_the_faults_of_the_issue_are_all_there():
    assert {
        "line-lost",
        "line-lost:telephone",
        "line-lost:suspension",
        "line-lost:ruling",
        "objection-lifted",
        "objection-kept",
        "observer-objects",
        "floor-race",
        "seat-taken-twice",
        "chair-lost",
        "head-replaced",
        "late-entry",
        "waiver",
        "server-killed",
    } <= set(FAULTS)


def test_one_objection_that_is_kept_leaves_the_package_unadopted(capsys, tmp_path):
    _, summary, _ = run(
        capsys, "moscow-2020", "--json", "--fault", "objection-kept", "--out", tmp_path
    )
    assert summary["adopted"] == {"for_signature": 0, "without_signing": 0}
    assert (summary["mandates"], summary["reports"], summary["next_chair"]) == (0, 0, "TJ")


def test_a_lifted_objection_gives_nothing_away_in_public(capsys, tmp_path):
    run(capsys, "moscow-2020", "--json", "--out", tmp_path / "without")
    run(capsys, "moscow-2020", "--json", "--fault", "objection-lifted", "--out", tmp_path / "with")
    with_it, without = (tmp_path / each / "public.bundle" for each in ("with", "without"))
    assert withheld(with_it) == withheld(without)
    assert len(decode_bundle(with_it.read_bytes()).entries) == len(
        decode_bundle(without.read_bytes()).entries
    )
    assert len(events(tmp_path / "with", "objection_lifted")) == 1
    assert b"objection" not in with_it.read_bytes().split(b"entries")[1].split(b"checkpoints")[0]


def test_an_observers_objection_is_no_event_at_all(capsys, tmp_path):
    _, without, _ = run(capsys, "moscow-2020", "--json", "--out", tmp_path / "without")
    _, with_it, _ = run(
        capsys, "moscow-2020", "--json", "--fault", "observer-objects", "--out", tmp_path / "with"
    )
    assert with_it["head"] == without["head"]
    assert (without["refused"], with_it["refused"]) == (0, 1)


@pytest.mark.parametrize(
    ("fault", "kinds"),
    [
        ("line-lost", ["proceeded_without"]),
        ("line-lost:telephone", []),
        ("line-lost:ruling", ["proceeded_without"]),
        ("chair-lost", ["acting_chair"]),
        ("late-entry", ["late_entry"]),
        ("waiver", ["waiver"]),
    ],
)
def test_a_departure_is_reported_as_a_ruling(fault, kinds, capsys, tmp_path):
    run(capsys, "moscow-2020", "--json", "--fault", fault, "--out", tmp_path)
    assert departures(tmp_path) == kinds


def test_verifying_says_whose_departures_they_were_and_how_far_the_meeting_is(capsys, tmp_path):
    run(capsys, "moscow-2020", "--json", "--fault", "line-lost", "--out", tmp_path)
    [departure] = verify_bundle((tmp_path / "record.bundle").read_bytes()).departures
    for name in ("record.bundle", "public.bundle"):
        assert main(["verify", str(tmp_path / name), "--key", str(tmp_path / "log.pub")]) == 0
        said = capsys.readouterr().out
        assert "  meeting        closed by its last entry" in said
        assert departure.seat == "KG"
        named = f"proceeded without Kyrgyzstan (KG), under the rule {departure.rule}: "
        assert (named in said) is (name == "record.bundle")


def test_the_proof_of_one_entry_is_verified_by_the_same_command(capsys, tmp_path):
    run(capsys, "moscow-2020", "--json", "--out", tmp_path)
    key, file = str(tmp_path / "log.pub"), tmp_path / "entry.proof"
    for name, act in (("record", "open_meeting"), ("public", None)):
        bundle = decode_bundle((tmp_path / f"{name}.bundle").read_bytes())
        number = next(
            each.number
            for each in bundle.entries
            if (
                each.body is None
                if act is None
                else f'"act":"{act}"'.encode() in (each.body or b"")
            )
        )
        file.write_bytes(prove(bundle.entries, number, bundle.keys, bundle.checkpoints[-1]))
        assert main(["verify", str(file), "--key", key]) == 0
        said = capsys.readouterr().out
        assert f"entry          {number}, one of the {len(bundle.entries)}" in said
        assert "the log key you gave" in said
        assert ("open_meeting, by " in said) is (act is not None)
        assert ("by its digest only" in said) is (act is None)
        assert main(["verify", str(file), "--json"]) == 0
        told = json.loads(capsys.readouterr().out)
        assert told["number"] == number
        assert told["self_declared"] is True
    assert main(["verify", str(file), "--profile", "sco"]) == 2
    assert "takes a --key alone" in capsys.readouterr().err
    file.write_bytes(file.read_bytes()[:-300])
    assert main(["verify", str(file)]) == 1
    assert capsys.readouterr().out.startswith("NOT VERIFIED")


def test_a_record_under_another_key_says_where_its_own_key_is_to_be_looked_for(capsys, tmp_path):
    one, other = tmp_path / "one", tmp_path / "other"
    for rehearsal, out in (("moscow-2020", one), ("un-ga-sitting", other)):
        run(capsys, rehearsal, "--json", "--out", out)
    assert main(["verify", str(one / "record.bundle"), "--key", str(other / "log.pub")]) == 1
    said = capsys.readouterr().out
    assert "the log key is not the key that you hold" in said
    assert "log.pub of the one in which this meeting was held" in said
    assert "var/demo-until-…/log.pub" in said
    spoilt = one / "spoilt.bundle"
    spoilt.write_bytes((one / "record.bundle").read_bytes()[:-200])
    assert main(["verify", str(spoilt), "--key", str(one / "log.pub")]) == 1
    assert "var/demo" not in capsys.readouterr().out


def test_verifying_says_what_entries_hold_and_which_were_not_checked(capsys, tmp_path):
    _, summary, _ = run(capsys, "moscow-2020", "--json", "--out", tmp_path)
    lines = {}
    for name in ("record", "public"):
        assert main(["verify", str(tmp_path / f"{name}.bundle")]) == 0
        said = capsys.readouterr().out.splitlines()[1:]
        lines[name] = {each[:17].strip(): each[17:] for each in said}
    acts = sum(
        len(body.deeds)
        for body in bodies(decode_bundle((tmp_path / "record.bundle").read_bytes()).entries)
    )
    assert acts > summary["entries"]
    assert lines["record"]["entries"].startswith(f"{summary['entries']}, holding {acts} acts ")
    assert lines["record"]["acts"].startswith(f"{acts} decided again")
    assert "holding" not in lines["public"]["entries"]
    [count, listed] = lines["public"]["not checked"].removeprefix("acts in ").split(" entries that")
    numbers = listed.partition(": ")[2].split(", ")
    spans = [list(map(int, each.split(" to "))) for each in numbers]
    assert sum(span[-1] - span[0] + 1 for span in spans) == int(count)


@pytest.mark.parametrize(
    ("numbers", "said"),
    [((3,), "3"), ((3, 4), "3, 4"), ((3, 4, 5, 7, 9, 10, 11, 12), "3 to 5, 7, 9 to 12")],
)
def test_numbers_in_a_row_are_said_as_one(numbers, said):
    assert ranges(numbers) == said


@pytest.mark.parametrize(
    ("seat", "said"),
    [("RU", "Russia (RU)"), ("presiding", "Presiding officer (presiding)"), ("nobody", "nobody")],
)
def test_a_seat_is_called_by_its_name_in_the_profile(seat, said):
    assert named(wiring.profile("sco"), seat) == said


@pytest.mark.parametrize("course", ["telephone", "suspension", "ruling"])
def test_the_public_cannot_read_whose_line_was_lost(course, capsys, tmp_path):
    fault = f"line-lost:{course}"
    run(capsys, "moscow-2020", "--json", "--fault", fault, "--out", tmp_path)
    public = decode_bundle((tmp_path / "public.bundle").read_bytes()).entries
    who_takes_part = {"open_meeting", "call_the_roll"}
    told = [
        deed.act.__struct_config__.tag
        for body in bodies(public)
        for deed in body.deeds
        if deed.facts.connected
    ]
    assert set(told) <= who_takes_part
    assert not [body for body in bodies(public) if body.connected is not None]
    whole = bodies(decode_bundle((tmp_path / "record.bundle").read_bytes()).entries)
    assert [len(body.connected) for body in whole if body.connected is not None]


def test_a_lost_line_is_counted_as_what_it_was(capsys, tmp_path):
    counts = {}
    for course in ("telephone", "suspension", "ruling"):
        out = tmp_path / course
        run(capsys, "moscow-2020", "--json", "--fault", f"line-lost:{course}", "--out", out)
        [package] = [event for event in events(out, "question_agreed") if event.window == "w4"]
        counted = package.count
        counts[course] = (counted.present, counted.by_telephone, counted.proceeded_without)
    assert counts == {"telephone": (7, 1, 0), "suspension": (8, 0, 0), "ruling": (7, 0, 1)}


def test_faults_that_do_not_contradict_each_other_are_combined(capsys, tmp_path):
    faults = ["--fault", "objection-lifted", "--fault", "floor-race", "--fault", "late-entry"]
    status, summary, said = run(capsys, "moscow-2020", "--json", *faults, "--out", tmp_path)
    assert (status, said) == (0, "")
    assert gold(summary) == GOLD
    assert departures(tmp_path) == ["late_entry"]


@pytest.mark.parametrize(
    ("faults", "said"),
    [
        (["objection-kept", "objection-lifted"], "contradict each other"),
        (["line-lost:ruling", "line-lost:telephone"], "contradict each other"),
        (["echo"], "echo: is no fault of moscow-2020; known: chair-lost"),
    ],
)
def test_faults_that_cannot_be_are_refused_before_anything_is_played(
    faults, said, capsys, tmp_path
):
    words = [word for fault in faults for word in ("--fault", fault)]
    status, summary, told = run(capsys, "moscow-2020", "--json", *words, "--out", tmp_path / "out")
    assert (status, summary) == (2, None)
    assert said in told
    assert not (tmp_path / "out").exists()


def test_what_was_not_expected_fails_the_rehearsal(capsys, tmp_path):
    folder = copy_of("moscow-2020", tmp_path)
    change(folder / "faults/waiver.toml", "consent_given = 0", "consent_given = 1")
    status, summary, said = run(capsys, folder, "--json", "--fault", "waiver", "--out", tmp_path)
    assert status == 1
    assert gold(summary) == GOLD
    assert said == "The course was not as expected. events.consent_given: expected 1, came 0\n"


def test_what_must_be_the_same_and_is_not_fails_the_rehearsal(capsys, tmp_path):
    folder = copy_of("moscow-2020", tmp_path)
    change(folder / "faults/observer-objects.toml", "after = 0", "after = 1")
    status, _, said = run(
        capsys, folder, "--json", "--fault", "observer-objects", "--out", tmp_path
    )
    assert status == 1
    assert "head: expected to be as without observer-objects, and is not" in said


def test_the_general_assembly_sits(capsys, tmp_path):
    status, summary, said = run(capsys, "un-ga-sitting", "--json", "--out", tmp_path)
    assert (status, said) == (0, "")
    assert summary["documents"] == {"resolution": 2, "decision": 2}
    assert summary["adopted"] == {"for_signature": 0, "without_signing": 3}
    assert summary["next_chair"] is None
    assert summary["refused"] == 8
    two_thirds, *_ = [
        event for event in events(tmp_path, "vote_declared") if event.why == "two_thirds"
    ]
    assert (two_thirds.tally.yes, two_thirds.tally.no, two_thirds.carried) == (80, 40, True)
    ties = [event for event in events(tmp_path, "vote_declared") if event.window in {"w8", "w10"}]
    assert [(event.tied, event.carried) for event in ties] == [(True, False), (False, False)]
    assert [event.document for event in events(tmp_path, "document_rejected")] == ["draft-3"]
    motions = [(event.motion, event.carried) for event in events(tmp_path, "motion_decided")]
    assert motions == [("m2", False), ("m1", True)]
    assert events(tmp_path, "ruling_decided")[0].stands
    verify_bundle((tmp_path / "public.bundle").read_bytes())


@pytest.mark.parametrize("name", ["moscow-2020", "un-ga-sitting"])
def test_a_shipped_summit_agrees_with_its_profile(name):
    assert list(doubts(read_folder(SUMMITS / name, wiring.profile))) == []


@pytest.mark.parametrize("name", ["moscow-2020", "un-ga-sitting"])
def test_the_paragraphs_of_a_document_are_the_same_in_every_language(name):
    for paper, texts in read_folder(SUMMITS / name, wiring.profile).texts.items():
        numbers = {
            tuple(
                line.partition(".")[0]
                for line in (SUMMITS / name / f"documents/{paper}.{language}.md")
                .read_text("utf-8")
                .splitlines()
                if line[:1].isdigit()
            )
            for language in texts
        }
        assert len(numbers) == 1
        assert 2 <= len(numbers.pop()) <= 5


@pytest.mark.parametrize("speed", ["0", "-1", "fast", "nan"])
def test_what_is_no_speed_is_refused(speed, capsys):
    with pytest.raises(SystemExit) as left:
        run(capsys, "moscow-2020", f"--speed={speed}")
    assert left.value.code == 2
    assert "is no speed" in capsys.readouterr().err


def test_at_a_speed_it_waits_and_at_full_speed_it_does_not(monkeypatch):
    waited: list[float] = []
    monkeypatch.setattr("time.sleep", waited.append)
    pausing(10.0)(50)
    pausing(10.0)(1_000_000)
    pausing(None)(50)
    assert waited == [5.0, 60.0]
