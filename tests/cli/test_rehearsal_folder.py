"""A folder of one's own: it is played, what is wrong in it is named, what disagrees is pointed out."""

import pytest
from tests.cli.rehearsals import PROFILES, change, copy_of, run, small

from plenary import wiring
from plenary.folders.doubts import doubts
from plenary.folders.reading import read_folder


def test_a_folder_of_ones_own_is_rehearsed(capsys, tmp_path):
    status, summary, said = run(capsys, small(tmp_path / "my"), "--json", "--out", tmp_path / "o")
    assert (status, said) == (0, "")
    assert summary["adopted"] == {"for_signature": 0, "without_signing": 1}
    assert summary["next_chair"] is None


def test_a_profile_may_lie_beside_the_folder(capsys, tmp_path):
    folder = small(tmp_path / "my")
    for file in ("organisation.toml", "procedure.toml"):
        (tmp_path / "org").mkdir(exist_ok=True)
        (tmp_path / "org" / file).write_bytes((PROFILES / "sco" / file).read_bytes())
    change(folder / "summit.toml", 'profile = "sco"', 'profile = "../org"')
    status, _, said = run(capsys, folder, "--json", "--out", tmp_path / "o")
    assert (status, said) == (0, "")


def test_without_a_place_for_it_the_record_is_left_in_a_new_folder(capsys, tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    _, summary, _ = run(capsys, small(tmp_path / "my"), "--json")
    [out] = tmp_path.glob("plenary-my-*")
    assert summary["bundle"] == str(out / "record.bundle")


BAD = [
    ("script.toml", 'do = "accredit"', 'do = "praise"', "script.toml: step 2: do: Invalid enum"),
    (
        "script.toml",
        'do = "accredit"',
        'does = "accredit"',
        "step 2: Object contains unknown field does",
    ),
    (
        "script.toml",
        'act = "close_meeting"',
        'act = "end_it"',
        "step 15 (close): act: end_it is no act",
    ),
    (
        "script.toml",
        'with = { subject = { subject = "agenda", items = "$agenda" } }',
        'with = { subject = { subject = "agenda", itmes = "$agenda" } }',
        "script.toml: step 6 (agenda): with: subject: Object contains unknown field itmes",
    ),
    ("script.toml", '"$agenda"', '"$agneda"', "step 6 (agenda): with: $agneda is not known here"),
    (
        "script.toml",
        '"$agenda"',
        '"$agenda:1"',
        "step 6 (agenda): with: $agenda:1: expected $agenda",
    ),
    ("script.toml", 'id = "gavel"', 'id = "agenda"', "step 14 (agenda): expected each id once"),
    (
        "script.toml",
        'id = "close"\nby = "presiding"',
        'id = "close"',
        "(close): by: expected who does it",
    ),
    (
        "script.toml",
        'id = "close"\n',
        f'id = "{"c" * 71}"\n',
        "expected a shorter id than ccc",
    ),
    (
        "script.toml",
        'id = "close"\n',
        'id = "close"\ndo = "sign"\n',
        "step 15 (close): expected one of act and do",
    ),
    (
        "script.toml",
        '[[steps]]\ndo = "accredit"',
        "steps = 1",
        "script.toml: step 1: Object contains unknown field steps",
    ),
    (
        "script.toml",
        '[[steps]]\ndo = "convene"',
        '[[stpes]]\ndo = "convene"',
        "script.toml: stpes: is not known",
    ),
    (
        "summit.toml",
        'body = "cnc"',
        'boddy = "cnc"',
        "summit.toml: (the whole file): Object contains unknown",
    ),
    ("summit.toml", "T09:00:00+03:00", "T09:00:00", "summit.toml: begins: Expected datetime"),
    (
        "summit.toml",
        'profile = "sco"',
        'profile = "osc"',
        "summit.toml: profile: expected a profile",
    ),
    (
        "summit.toml",
        "two = [",
        "member = [",
        "summit.toml: groups.member: is the name of another group",
    ),
    (
        "summit.toml",
        'form = "in_person"',
        'form = "fax"',
        "summit.toml: form: Invalid enum value 'fax'",
    ),
    ("roster.toml", 'role = "head"', 'role = "boss"', "roster.toml: people 1 (chair): role"),
    (
        "roster.toml",
        '"@members"',
        '"@memebrs"',
        "roster.toml: everyone.of: nobody is called @memebrs",
    ),
    ("roster.toml", '"@members"', '"@members[a]"', "@members[a] is no group"),
    ("agenda.toml", 'id = "1"', 'id = ""', "agenda.toml: items 1: id"),
    (
        "documents.toml",
        'id = "text"',
        'id = "txet"',
        "documents (txet): expected its texts in documents/txet",
    ),
    (
        "documents.toml",
        "[[documents]]",
        "[documents]",
        "documents.toml: documents: expected [[documents]]",
    ),
]


@pytest.mark.parametrize(("file", "old", "new", "said"), BAD)
def test_a_bad_folder_is_refused_naming_file_and_key(file, old, new, said, capsys, tmp_path):
    folder = small(tmp_path / "my")
    change(folder / file, old, new)
    status, summary, told = run(capsys, folder, "--json", "--out", tmp_path / "o")
    assert (status, summary) == (2, None)
    assert said in told
    assert not (tmp_path / "o").exists()


def test_all_that_is_wrong_is_named_not_only_the_first(capsys, tmp_path):
    folder = small(tmp_path / "my")
    change(folder / "script.toml", '"$agenda"', '"$agneda"')
    change(folder / "script.toml", 'act = "close_meeting"', 'act = "end_it"')
    change(folder / "agenda.toml", 'id = "1"', 'ids = "1"')
    (folder / "roster.toml").unlink()
    _, _, told = run(capsys, folder, "--json")
    assert len(told.splitlines()) == 4
    assert "roster.toml: (the whole file): expected this file" in told


def test_what_is_no_folder_is_refused(capsys, tmp_path):
    status, _, said = run(capsys, tmp_path / "nowhere", "--json")
    assert status == 2
    assert "no summit of ours: moscow-2020, un-ga-sitting" in said


# ---- the course ----------------------------------------------------------------------------------

OTHERWISE = [
    (
        'id = "close"\n',
        'id = "close"\nlose = ["moon"]\n',
        "step 15 (close): there is no seat moon",
    ),
    (
        'id = "close"\nby = "presiding"',
        'id = "close"\nby = "@waiting"',
        "step 15 (close): @waiting is nobody at this moment",
    ),
    (
        'do = "take_seats"\n',
        'do = "take_seats"\nof = ["presiding"]\n',
        "script.toml: step 6 (agenda): put by presiding/chair was refused: quorum, by the rule quorum",
    ),
    (
        'id = "close"\n',
        'id = "close"\nrefused = "not_now"\n',
        "step 15 (close): close_meeting by presiding/chair was done; expected: refused, not_now",
    ),
    (
        'id = "close"\nby = "presiding"',
        'id = "close"\nby = "secretariat"',
        "step 15 (close): close_meeting by secretariat/clerk was refused: not_entitled, by the rule rights",
    ),
    (
        'id = "close"\n',
        'id = "close"\nlose = ["presiding"]\n',
        "step 15 (close): the line of presiding is lost; it cannot act",
    ),
    ('id = "close"\nby = "presiding"', 'id = "close"\nby = "moon"', "nobody is accredited to moon"),
    (
        'id = "close"\n',
        'id = "close"\nat = 2020-11-10T08:00:00+03:00\n',
        "it is later than that already",
    ),
    (
        'id = "close"\nby = "presiding"\nact = "close_meeting"',
        'race = [{ by = "presiding", act = "close_meeting", refused = "not_now" }, '
        '{ by = "IN", act = "signal_ready", with = { ready = true }, refused = "not_now" }]',
        "race: expected that one succeeds; ",
    ),
    (
        'with = { subject = { subject = "texts", documents = ["text"] } }',
        'with = { subject = { subject = "texts", documents = ["$digest"] } }',
        "$digest: no question is before the meeting",
    ),
    (
        'by = "presiding"\nact = "close_meeting"',
        'by = "$drawn.x"\nact = "close_meeting"',
        "nobody was drawn",
    ),
    (
        'id = "close"\nby = "presiding"',
        'id = "close"\nby = "presiding"\non_instruction = true',
        "presiding is the head, who needs no instruction",
    ),
]


@pytest.mark.parametrize(("old", "new", "said"), OTHERWISE)
def test_another_course_stops_the_rehearsal_naming_file_and_step(old, new, said, capsys, tmp_path):
    folder = small(tmp_path / "my")
    change(folder / "script.toml", old, new)
    status, summary, told = run(capsys, folder, "--json", "--out", tmp_path / "o")
    assert (status, summary) == (1, None)
    assert said in told


def test_another_result_fails_the_rehearsal(capsys, tmp_path):
    folder = small(tmp_path / "my")
    change(
        folder / "summit.toml",
        "next_chair = false",
        "next_chair = false\nreports = 1\nmandates = 0",
    )
    change(folder / "summit.toml", "speaking_order = []", 'speaking_order = ["IN"]')
    status, summary, told = run(capsys, folder, "--json", "--out", tmp_path / "o")
    assert status == 1
    assert summary["reports"] == 0
    assert "speaking_order: expected ['IN'], came []" in told
    assert "reports: expected 1, came 0" in told


def test_one_of_a_race_is_first_by_lot_and_the_other_is_refused(capsys, tmp_path):
    folder = small(tmp_path / "my")
    change(folder / "agenda.toml", "[[items]]", AGENDA_OF_TWO)
    racers = ", ".join(
        f'{{ by = "presiding", act = "take_up_item", with = {{ item = "{item}" }}, refused = "item_under_discussion" }}'
        for item in "12"
    )
    change(
        folder / "script.toml",
        '[[steps]]\nid = "close"',
        f'[[steps]]\nrace = [{racers}]\n\n[[steps]]\nid = "close"',
    )
    first = set()
    for seed in "abcdef":
        status, summary, said = run(
            capsys, folder, "--json", "--seed", seed, "--out", tmp_path / "o"
        )
        assert (status, said, summary["refused"]) == (0, "", 1)
        record = (tmp_path / "o/record.bundle").read_bytes()
        first |= {
            item
            for item in "12"
            if b'"event":"item_taken_up","item":"%s"' % item.encode() in record
        }
    assert first == {"1", "2"}


AGENDA_OF_TWO = """[[items]]
id = "2"
titles = { en = "Two", ru = "Два", zh-hans = "二" }

[[items]]"""


# ---- faults of one's own -------------------------------------------------------------------------

TITLES = 'titles = { en = "F", ru = "F", zh-hans = "F" }\n'
BAD_FAULTS = [
    ("titels = 1\n", "faults/f.toml: (the whole file): Object contains unknown field titels"),
    (TITLES + "[[changes]]\nsteps = []\n", "change 1: expected one of before, behind and instead"),
    (TITLES + '[[changes]]\nbefore = "moon"\nsteps = []\n', "moon is no step of script.toml"),
    (
        TITLES + '[[changes]]\nbefore = "close"\n[[changes.steps]]\nby = "RU"\nact = "sing"\n',
        "faults/f.toml: change 1, step 1: act: sing is no act",
    ),
    (
        TITLES
        + '[[changes]]\ninstead = "close"\nsteps = []\n[[changes]]\ninstead = "close"\nsteps = []\n',
        "both replace close",
    ),
    (TITLES + '[drawn]\nwho = ["@moon"]\n', "faults/f.toml: drawn.who: nobody is called @moon"),
    ("= 3", "faults/f.toml: (the whole file): expected TOML"),
]


@pytest.mark.parametrize(("text", "said"), BAD_FAULTS)
def test_a_bad_fault_is_refused_naming_file_and_key(text, said, capsys, tmp_path):
    folder = small(tmp_path / "my")
    (folder / "faults").mkdir()
    (folder / "faults/f.toml").write_text(text)
    status, _, told = run(capsys, folder, "--json", "--fault", "f", "--out", tmp_path / "o")
    assert status == 2
    assert said in told


def test_faults_that_expect_different_things_contradict_each_other(capsys, tmp_path):
    folder = small(tmp_path / "my")
    (folder / "faults").mkdir()
    (folder / "faults/f.toml").write_text(TITLES + "[expected]\nreports = 1\n")
    (folder / "faults/g.toml").write_text(TITLES + "[expected]\nreports = 2\n")
    words = ["--json", "--fault", "f", "--fault", "g"]
    status, _, told = run(capsys, folder, *words, "--out", tmp_path / "o")
    assert status == 2
    assert told == "faults/g.toml: expected.reports: f and g contradict each other\n"


# ---- warnings: domain 8.4 ------------------------------------------------------------------------

DOUBTED = [
    (
        "roster.toml",
        'office = "prime-minister"\ntitles = { en = "Prime Minister of the Republic of Belarus"',
        'office = "president"\ntitles = { en = "Prime Minister of the Republic of Belarus"',
        [
            "people (BY, roman-golovchenko).office",
            "nobody named Roman Golovchenko held the office president of BY on 2020-11-10",
            "Alexander Lukashenko as President",
        ],
    ),
    (
        "roster.toml",
        'en = "Prime Minister of the Republic of Belarus"',
        'en = "President of Belarus"',
        ["people (BY, roman-golovchenko).titles.en", "Roman Golovchenko was not President of BY"],
    ),
    (
        "roster.toml",
        "Acting President and Prime Minister of the Kyrgyz Republic",
        "President of the Kyrgyz Republic",
        ["people (KG, sadyr-japarov).titles.en", "Sadyr Japarov was not President of KG"],
    ),
    (
        "roster.toml",
        'names = { en = "Hassan Rouhani", ru = "Хасан Рухани", zh-hans = "哈桑·鲁哈尼" }',
        'names = { en = "Somebody Else", ru = "Кто-то Другой", zh-hans = "某人" }',
        ["people (IR, hassan-rouhani).names", "Somebody Else held no office of IR"],
    ),
    (
        "summit.toml",
        "documents = { declaration = 1, decision = 9, statement = 6 }",
        "documents = 20",
        ["summit.toml: expected.documents: 20 are expected; documents.toml has 16"],
    ),
    (
        "summit.toml",
        "decision = 9",
        "decision = 8",
        ["expected.documents.decision: 8 are expected; documents.toml has 9"],
    ),
    (
        "summit.toml",
        "members = 8",
        "members = 9",
        ["expected.participants.members: 9 are expected; the profile has 8"],
    ),
    (
        "summit.toml",
        "observers = 4",
        "observers = 3",
        ["expected.participants.observers: 3 are expected; roster.toml has 4"],
    ),
    ("summit.toml", "mandates = 3", "mandates = 0", ["expected.mandates: 0 are expected"]),
    ("summit.toml", "reports = 2", "reports = 1", ["expected.reports: 1 are expected"]),
    (
        "documents.toml",
        "Report of the RATS Council",
        "Report of the RATS Director",
        ["documents (decision-9).titles.en: a report of another body", "“RATS Council”"],
    ),
    (
        "documents.toml",
        'report = { author = "rats"',
        'report = { author = "sco-secretariat"',
        ["documents (decision-9).titles.ru: a report of another body", "“Генерального секретаря”"],
    ),
    (
        "documents.toml",
        'report = { author = "rats"',
        'report = { author = "RU"',
        ["documents (decision-9).report.author: the profile knows no report of RU"],
    ),
    (
        "documents.toml",
        'report = { author = "rats"',
        'report = { author = "nobody"',
        ["documents (decision-9).report.author: nobody is unknown"],
    ),
    (
        "roster.toml",
        'seat = "presiding"\nid = "vladimir-putin"',
        'seat = "presiding"\nid = "emomali-rahmon"',
        ["the presiding officer is of TJ; RU chairs the organisation on 2020-11-10"],
    ),
    (
        "agenda.toml",
        'titles.zh-hans = "通过文件"\n',
        "",
        ["agenda.toml: items (3).titles: is not there in zh-hans"],
    ),
    (
        "script.toml",
        'say.ru = "Благодарю вас."\n',
        "",
        [".say: is not there in ru", "script.toml: end-"],
    ),
    ("agenda.toml", '"decision-8"', '"decision-88"', ["decision-88 is not in documents.toml"]),
    (
        "summit.toml",
        "guests = 1 }",
        "guests = 1, ghosts = 1 }",
        ["expected.participants.ghosts: known: members, observers, bodies, guests"],
    ),
]


@pytest.mark.parametrize(("file", "old", "new", "said"), DOUBTED)
def test_what_disagrees_with_the_profile_is_pointed_out(file, old, new, said, tmp_path):
    folder = copy_of("moscow-2020", tmp_path)
    change(folder / file, old, new)
    told = "\n".join(map(str, doubts(read_folder(folder, wiring.profile))))
    assert [each for each in said if each not in told] == []


def test_a_text_missing_in_an_authentic_language_is_pointed_out(tmp_path):
    folder = copy_of("moscow-2020", tmp_path)
    (folder / "documents/declaration.zh-hans.md").unlink()
    [doubt] = doubts(read_folder(folder, wiring.profile))
    assert str(doubt).startswith("documents.toml: documents (declaration): no text in zh-hans")


def test_a_warning_is_shown_and_stops_nothing(capsys, tmp_path):
    folder = copy_of("moscow-2020", tmp_path)
    change(
        folder / "roster.toml",
        'en = "Prime Minister of the Republic of Belarus"',
        'en = "President of Belarus"',
    )
    status, summary, said = run(capsys, folder, "--json", "--out", tmp_path / "o")
    assert status == 0
    assert summary["next_chair"] == "TJ"
    assert said.startswith("warning: roster.toml: people (BY, roman-golovchenko).titles.en: ")
