"""The organisations that come with the house are sound, and every fault in one is named."""

import datetime
from pathlib import Path

import pytest

import plenary
from plenary.rules.acts import ACTS
from plenary.rules.names import Language, PartyId
from plenary.rules.profile import MATTERS, SLOTS, Profile, Standing, within
from plenary.rules.profile_reading import (
    ORGANISATION,
    PROCEDURE,
    Fault,
    ProfileFaultyError,
    read_profile,
)

PROFILES = Path(plenary.__file__).parent / "profiles"
THE_DAY = datetime.date(2020, 11, 10)
PAGES = {Language("en"), Language("ru"), Language("zh-hans")}


def texts_of(name: str) -> dict[str, str]:
    return {
        file: (PROFILES / name / file).read_text(encoding="utf-8")
        for file in (ORGANISATION, PROCEDURE)
    }


def read(name: str) -> Profile:
    texts = texts_of(name)
    return read_profile(texts[ORGANISATION], texts[PROCEDURE])


def edited(name: str, file: str, old: str, new: str) -> dict[str, str]:
    texts = texts_of(name)
    assert old in texts[file], f"the edit no longer fits the profile: {old}"
    return {**texts, file: texts[file].replace(old, new, 1)}


def faults_of(texts: dict[str, str]) -> list[Fault]:
    with pytest.raises(ProfileFaultyError) as caught:
        read_profile(texts[ORGANISATION], texts[PROCEDURE])
    return caught.value.faults


def holders(profile: Profile, party: str, office: str) -> list[str]:
    found = profile.party(party)
    assert found is not None
    return [
        holder.names[Language("en")]
        for each in found.offices
        if each.id == office
        for holder in each.holders
        if within(THE_DAY, holder.since, holder.until)
    ]


sco = pytest.fixture(name="sco")(lambda: read("sco"))
un_ga = pytest.fixture(name="un_ga")(lambda: read("un-ga"))


# ---- what both have ------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["sco", "un-ga"])
def test_every_rule_has_three_languages_a_standing_and_a_source(name: str) -> None:
    profile = read(name)
    for key, rule in profile.procedure.rules.items():
        assert set(rule.texts) == PAGES, key
        assert rule.standing in Standing, key
        assert set(rule.source) == PAGES, key
        assert profile.rule(key) is rule


@pytest.mark.parametrize("name", ["sco", "un-ga"])
def test_every_slot_and_matter_is_filled(name: str) -> None:
    procedure = read(name).procedure
    assert set(SLOTS) <= set(procedure.rules)
    assert set(MATTERS) <= set(procedure.matters)


@pytest.mark.parametrize("name", ["sco", "un-ga"])
def test_what_is_our_inference_says_so_in_its_source(name: str) -> None:
    for key, rule in read(name).procedure.rules.items():
        if rule.standing is Standing.OUR_INFERENCE:
            assert "our inference" in rule.source[Language("en")], key
            assert "вывод составителей" in rule.source[Language("ru")], key
            assert "编制者" in rule.source[Language("zh-hans")], key


@pytest.mark.parametrize("name", ["sco", "un-ga"])
def test_only_the_presiding_seat_declares_and_it_has_no_objection_to_make(name: str) -> None:
    kinds = read(name).procedure.kinds
    for gavel in ("put", "declare_adopted", "rule", "open_meeting", "close_meeting"):
        assert {key for key, kind in kinds.items() if gavel in kind.acts} == {"presiding"}
        assert kinds["presiding"].acts[gavel] == "head"
    assert not {"object", "stand_aside", "cast_vote", "sign"} & set(kinds["presiding"].acts)


@pytest.mark.parametrize("name", ["sco", "un-ga"])
def test_only_members_have_a_say_in_decisions(name: str) -> None:
    procedure = read(name).procedure
    for decision in procedure.decisions.values():
        assert decision.electorate == ("member",)
    for act in ("object", "lift_objection", "place_opinion", "break_silence", "acknowledge_text"):
        assert {key for key, kind in procedure.kinds.items() if act in kind.acts} == {"member"}


@pytest.mark.parametrize(
    ("name", "not_there"),
    [
        ("sco", {"appeal", "speak_on_motion", "cast_vote", "declare_result"}),
        ("un-ga", {"stand_aside", "join_later", "sign"}),
    ],
)
def test_every_act_but_those_the_organisation_does_not_know_is_somebodys(
    name: str, not_there: set[str]
) -> None:
    somebodys = {act for kind in read(name).procedure.kinds.values() for act in kind.acts}
    assert set(ACTS) - somebodys == not_there


# ---- the Shanghai Cooperation Organisation -------------------------------------------------------


def test_members_and_observers_stand_in_the_russian_order_of_their_short_names(
    sco: Profile,
) -> None:
    assert sco.in_order("member") == ("IN", "KZ", "CN", "KG", "PK", "RU", "TJ", "UZ")
    assert sco.in_order("observer") == ("AF", "BY", "IR", "MN")
    assert len(sco.in_order("partner")) == 6
    assert sco.in_order("body") == ("rats", "sco-secretariat")


def test_the_other_short_name_of_kyrgyzstan_would_stand_before_china() -> None:
    texts = edited("sco", ORGANISATION, 'ru = "Кыргызстан"', 'ru = "Киргизия"')
    order = read_profile(texts[ORGANISATION], texts[PROCEDURE]).in_order("member")
    assert order.index(PartyId("KG")) < order.index(PartyId("CN"))


def test_ordering_by_the_long_name_is_another_order(sco: Profile) -> None:
    texts = edited("sco", ORGANISATION, 'name = "short"', 'name = "long"')
    order = read_profile(texts[ORGANISATION], texts[PROCEDURE]).in_order("member")
    assert order[:3] == ("PK", "CN", "KG")
    assert order != sco.in_order("member")


def test_belarus_was_represented_by_its_prime_minister_who_is_not_its_president(
    sco: Profile,
) -> None:
    assert holders(sco, "BY", "prime-minister") == ["Roman Golovchenko"]
    assert "Roman Golovchenko" not in holders(sco, "BY", "president")


def test_in_kyrgyzstan_one_person_held_two_offices_and_nobody_was_president(sco: Profile) -> None:
    assert holders(sco, "KG", "acting-president") == ["Sadyr Japarov"]
    assert holders(sco, "KG", "prime-minister") == ["Sadyr Japarov"]
    assert holders(sco, "KG", "president") == []


def test_rank_is_not_status_and_prime_ministers_sit_in_a_council_of_heads_of_state(
    sco: Profile,
) -> None:
    assert holders(sco, "IN", "prime-minister") == ["Narendra Modi"]
    assert holders(sco, "PK", "prime-minister") == ["Imran Khan"]
    assert holders(sco, "RU", "president") == ["Vladimir Putin"]


def test_the_charter_sets_no_quorum_and_an_absent_member_bars_a_text(sco: Profile) -> None:
    procedure = sco.procedure
    assert procedure.opening.quorum is None
    assert all(decision.quorum is None for decision in procedure.decisions.values())
    assert procedure.decisions[procedure.matters["text"]].absence == "bars"
    assert procedure.decisions[procedure.matters["agenda"]].absence == "disregarded"


def test_a_consensus_body_has_no_vote_and_no_appeal(sco: Profile) -> None:
    procedure = sco.procedure
    assert {decision.way for decision in procedure.decisions.values()} == {"consensus", "silence"}
    assert procedure.points_of_order.appeal is None
    assert procedure.decisions[procedure.matters["suspension_of_member"]].excluded == "concerned"


def test_a_member_speaks_ten_minutes_and_observers_and_guests_with_consent(sco: Profile) -> None:
    kinds = sco.procedure.kinds
    assert kinds["member"].speech_seconds == 600
    assert {key for key, kind in kinds.items() if kind.needs_consent_to_speak} == {
        "observer",
        "guest",
    }


def test_after_russia_the_rotation_comes_to_tajikistan(sco: Profile) -> None:
    chairmanship = sco.organisation.chairmanship
    assert chairmanship is not None
    assert chairmanship.terms[-1].party == "RU"
    assert chairmanship.terms[-1].until == THE_DAY
    assert chairmanship.rotation == sco.in_order("member")
    assert chairmanship.rotation[chairmanship.rotation.index(PartyId("RU")) + 1] == "TJ"
    assert [(skip.party, skip.year) for skip in chairmanship.skips] == [("PK", 2019)]


def test_statements_are_adopted_without_signing(sco: Profile) -> None:
    types = sco.procedure.document_types
    assert {key: kind.adoption for key, kind in types.items()} == {
        "declaration": "for_signature",
        "decision": "for_signature",
        "statement": "without_signing",
    }


# ---- the General Assembly ------------------------------------------------------------------------


def test_the_assembly_has_193_members_in_english_order(un_ga: Profile) -> None:
    members = un_ga.in_order("member")
    assert len(members) == 193
    assert (members[0], members[-1]) == ("AF", "ZW")
    assert (
        members.index(PartyId("CR")) < members.index(PartyId("CI")) < members.index(PartyId("HR"))
    )
    assert un_ga.in_order("observer") == ("VA", "PS")


def test_the_assembly_uses_the_names_of_the_united_nations_in_2020(un_ga: Profile) -> None:
    short = {str(party.id): party.short[Language("en")] for party in un_ga.organisation.parties}
    assert short["TR"] == "Turkey"
    assert short["CI"] == "Côte d'Ivoire"
    assert short["KR"] == "Republic of Korea"
    assert short["KP"] == "Democratic People's Republic of Korea"
    assert short["VN"] == "Viet Nam"
    assert short["IR"] == "Iran (Islamic Republic of)"


def test_the_assembly_opens_with_a_third_and_decides_with_a_majority(un_ga: Profile) -> None:
    opening = un_ga.procedure.opening.quorum
    deciding = un_ga.procedure.decisions["simple_majority"].quorum
    assert opening is not None
    assert deciding is not None
    assert (opening.met(64, 193), opening.met(65, 193)) == (False, True)
    assert (deciding.met(96, 193), deciding.met(97, 193)) == (False, True)


def test_an_important_question_needs_two_thirds_of_those_present_and_voting(un_ga: Profile) -> None:
    procedure = un_ga.procedure
    (majority,) = procedure.decisions[procedure.matters["important_question"]].majorities
    assert majority.of == "present_and_voting"
    assert (majority.met(65, 98), majority.met(66, 98)) == (False, True)


def test_the_four_motions_of_rule_77_go_first_and_in_its_order(un_ga: Profile) -> None:
    motions = sorted(un_ga.procedure.motions.values(), key=lambda motion: motion.rank)
    assert [motion.effect for motion in motions][:4] == [
        "suspend",
        "adjourn_meeting",
        "adjourn_debate",
        "close_debate",
    ]
    assert [(motion.speakers_for, motion.speakers_against) for motion in motions][:4] == [
        (0, 0),
        (0, 0),
        (2, 2),
        (0, 2),
    ]


def test_a_reply_may_be_made_twice_for_ten_minutes_and_then_five(un_ga: Profile) -> None:
    reply = un_ga.procedure.reply
    assert reply is not None
    assert (reply.per_item, reply.seconds) == (2, (600, 300))


def test_nothing_is_enough_of_nothing(un_ga: Profile) -> None:
    opening = un_ga.procedure.opening.quorum
    assert opening is not None
    assert not opening.met(0, 0)


def test_an_organisation_may_do_without_a_silence_procedure() -> None:
    texts = edited("sco", PROCEDURE, '[silence]\ndecision = "silence"\nseconds = 259_200\n', "")
    profile = read_profile(texts[ORGANISATION], texts[PROCEDURE])
    assert profile.procedure.silence is None


# ---- faults --------------------------------------------------------------------------------------

BELARUS_SINCE = "since = 1994-07-20, names"
WEIGHTED = 'majorities = [{ at_least = "2/3", of = "present_and_voting", count = "population" }]'

# One fault a line: organisation, file, what is edited into what, the key named, what was expected.
# fmt: off
FAULTS = [
    # what the text or the schema alone shows
    pytest.param("sco", PROCEDURE, "[opening]", "[opening", "(the whole file)", "expected TOML", id="bad TOML"),
    pytest.param("sco", PROCEDURE, "version =", f"deep = {'[' * 5000}\nversion =", "(the whole file)", "expected TOML", id="too deep"),
    pytest.param("sco", PROCEDURE, "rank = 1", f"rank = {'1' * 5000}", "(the whole file)", "expected TOML", id="number too long"),
    pytest.param("sco", ORGANISATION, "as_of = 2020-11-10", "as_of = 2020-11-31", "(the whole file)", "expected TOML", id="no such day"),
    pytest.param("sco", ORGANISATION, "as_of = 2020-11-10", "as_of = 1", "as_of", "date", id="wrong type"),
    pytest.param("sco", ORGANISATION, 'id = "IN"', "id = 1", "parties[0].id", "Expected str", id="wrong type within a list"),
    pytest.param("sco", ORGANISATION, 'id = "IN"', 'id = ""', "parties[0].id", "length", id="empty id"),
    pytest.param("sco", ORGANISATION, 'kind = "member"', 'kind = "a b"', "parties[0].kind", "matching regex", id="bad identifier"),
    pytest.param("sco", ORGANISATION, "as_of = 2020-11-10\n", "", "as_of", "expected this key", id="missing key"),
    pytest.param("sco", ORGANISATION, "short =", "shrot =", "shrot", "did you mean short?", id="unknown key at the top"),
    pytest.param("sco", PROCEDURE, "[presiding_lost]", "[presiding_lots]", "presiding_lots", "did you mean presiding_lost?", id="unknown table"),
    pytest.param("sco", PROCEDURE, "speech_seconds = 600", "speech_secs = 600", "kinds.member.speech_secs", "did you mean speech_seconds?", id="unknown key in a table"),
    pytest.param("sco", PROCEDURE, "seconds = [180]", 'seconds = ["180"]', "reply.seconds[0]", "Expected int", id="wrong type in an optional table"),
    pytest.param("sco", PROCEDURE, 'standing = "treaty"', 'standing = "law"', "rules.presiding.standing", "law", id="unknown standing"),
    pytest.param("sco", PROCEDURE, 'way = "silence"', 'way = "acclamation"', "decisions.silence.way", "matching regex", id="unknown way"),
    pytest.param("sco", PROCEDURE, 'adoption = "without_signing"', 'adoption = "signed"', "document_types.statement.adoption", "matching regex", id="unknown adoption"),
    # texts and characters
    pytest.param("sco", PROCEDURE, 'names = { en = "Guest", ru', "names = { ru", "kinds.guest.names.en", "in this language too", id="missing language"),
    pytest.param("sco", PROCEDURE, 'texts.en = "Only accredited', 'texts.fr = "Only accredited', "rules.record.texts.en", "in this language too", id="missing language of a rule"),
    pytest.param("sco", PROCEDURE, 'plural = { en = "Guests", ru', "plural = { ru", "kinds.guest.plural.en", "in this language too", id="missing language of a plural"),
    pytest.param("sco", ORGANISATION, 'reports_of = { en = "RATS Council", ru', "reports_of = { ru", "parties[19].reports_of.en", "in this language too", id="missing language of whose report it is"),
    pytest.param("sco", PROCEDURE, 'narrow = { en = "Narrow format", ru = "Узкий состав", zh-hans = "小范围会谈" }', "narrow = {}", "formats.narrow.en", "in this language too", id="no language at all"),
    pytest.param("sco", ORGANISATION, '"Narendra Modi"', '"Narendra \\u202eModi"', "parties[0].offices[1].holders[0].names.en", "direction-changing", id="direction-changing character"),
    pytest.param("sco", ORGANISATION, '"Narendra Modi"', '"Narendra\\u0007Modi"', "parties[0].offices[1].holders[0].names.en", "control", id="control character"),
    pytest.param("sco", PROCEDURE, "suspension_of_member =", '"suspension\\u202e" =', "matters", "direction-changing", id="direction-changing character in a key"),
    pytest.param("sco", ORGANISATION, 'pages = ["en", "ru", "zh-hans"]', "pages = []", "languages.pages", "at least one", id="no language of pages"),
    pytest.param("sco", ORGANISATION, 'authentic = ["ru", "zh-hans"]', 'authentic = ["ru", "zh"]', "languages.authentic", "known: ru, zh-hans", id="authentic but not official"),
    # parties, offices, seats, bodies
    pytest.param("sco", ORGANISATION, 'id = "KZ"', 'id = "IN"', "parties", "IN stands there twice", id="duplicate party"),
    pytest.param("sco", ORGANISATION, 'id = "operator"', 'id = "rats"', "parties", "rats stands there twice", id="seat named as a party"),
    pytest.param("sco", ORGANISATION, 'id = "prime-minister"', 'id = "president"', "parties[0].offices", "president stands there twice", id="duplicate office"),
    pytest.param("sco", ORGANISATION, 'id = "chg"', 'id = "chs"', "bodies", "chs stands there twice", id="duplicate body"),
    pytest.param("sco", ORGANISATION, 'kind = "member"', 'kind = "membre"', "parties[0].kind", "did you mean member?", id="unknown kind of party"),
    pytest.param("sco", ORGANISATION, 'kind = "operator"', 'kind = "operators"', "seats[2].kind", "did you mean operator?", id="unknown kind of seat"),
    pytest.param("sco", ORGANISATION, 'kind = "operator"', 'kind = "presiding"', "seats", "exactly one seat of the kind presiding", id="two presiding seats"),
    pytest.param("sco", ORGANISATION, 'symbol = "CNC"', 'members = "coordinator"', "bodies[3].members", "not known here", id="unknown members of a body"),
    pytest.param("sco", ORGANISATION, "АБВГ", "АБВ", "ordering.alphabet", "of AF in it", id="letter not in the alphabet"),
    pytest.param("sco", ORGANISATION, 'language = "ru"', 'language = "kk"', "parties[0].short.kk", "a name to order by", id="no name to order by"),
    pytest.param("sco", ORGANISATION, "since = 2017-06-09\n", "since = 2017-06-09\nuntil = 2016-06-09\n", "parties[0].until", "not before since", id="party that ends before it begins"),
    pytest.param("sco", ORGANISATION, BELARUS_SINCE, "since = 1994-07-20, until = 1993-07-20, names", "parties[9].offices.president.holders[0].until", "not before since", id="term of office that ends before it begins"),
    # chairmanship
    pytest.param("sco", ORGANISATION, 'rotation = ["IN"', 'rotation = ["IM"', "chairmanship.rotation", "IM is not known here", id="stranger in the rotation"),
    pytest.param("sco", ORGANISATION, '"KZ", "CN", "KG", "PK", "RU"', '"KZ", "CN", "KG", "RU", "RU"', "chairmanship.rotation", "RU stands there twice", id="twice in the rotation"),
    pytest.param("sco", ORGANISATION, '{ party = "UZ", since = 2003', '{ party = "UK", since = 2003', "chairmanship.terms", "UK is not known here", id="stranger in the chair"),
    pytest.param("sco", ORGANISATION, 'party = "PK", year', 'party = "XX", year', "chairmanship.skips", "XX is not known here", id="stranger passed over"),
    pytest.param("sco", ORGANISATION, "since = 2019-06-14, until = 2020-11-10", "since = 2018-06-10, until = 2020-11-10", "chairmanship.terms", "in order of time", id="terms out of order"),
    pytest.param("sco", ORGANISATION, "since = 2019-06-14, until = 2020-11-10", "since = 2019-06-14, until = 2018-11-10", "chairmanship.terms[18].until", "not before since", id="term that ends before it begins"),
    # rules, kinds, opening
    pytest.param("sco", PROCEDURE, "[rules.quorum]", "[rules.quorums]", "rules.quorum", "expected a rule on how many must be there", id="missing slot"),
    pytest.param("sco", PROCEDURE, 'source.en = "Charter, Art. 5 (eng.sectsco.org/structure)"\n', 'source.en = "Charter"\nwaivable = true\n', "rules.presiding.waivable", "cannot waive a treaty", id="treaty waivable"),
    pytest.param("sco", PROCEDURE, "break_silence =", "brake_silence =", "kinds.member.acts.brake_silence", "did you mean break_silence?", id="unknown act"),
    pytest.param("sco", PROCEDURE, 'sign = "head"', 'sign = "heads"', "kinds.member.acts.sign", "did you mean head?", id="unknown level"),
    pytest.param("sco", PROCEDURE, 'formats = ["extended"]', 'formats = ["extend"]', "kinds.observer.formats", "did you mean extended?", id="unknown format of a kind"),
    pytest.param("sco", PROCEDURE, 'first_format = "extended"', 'first_format = "wide"', "opening.first_format", "known: extended, narrow", id="unknown first format"),
    pytest.param("sco", PROCEDURE, 'presiding_kind = "presiding"', 'presiding_kind = "chair"', "opening.presiding_kind", "chair is not known here", id="unknown presiding kind"),
    pytest.param("sco", PROCEDURE, 'secretariat_kind = "secretariat"', 'secretariat_kind = "booth"', "seats", "exactly one seat of the kind booth", id="three secretariats"),
    pytest.param("sco", PROCEDURE, 'guest_kind = "guest"', 'guest_kind = "gest"', "opening.guest_kind", "did you mean guest?", id="unknown guest kind"),
    pytest.param("sco", PROCEDURE, 'may_act = ["accepted"', 'may_act = ["acepted"', "accreditation.may_act", "did you mean accepted?", id="unknown finding"),
    pytest.param("sco", PROCEDURE, "seconds = [180]", "seconds = []", "reply.seconds", "at least one reply", id="reply without a length"),
    pytest.param("sco", PROCEDURE, 'succession = ["next_chair"', 'succession = ["next_chairs"', "presiding_lost.succession", "did you mean next_chair?", id="unknown successor"),
    # decisions
    pytest.param("un-ga", PROCEDURE, 'quorum = { at_least = "1/3" }', 'quorum = { at_least = "a third" }', "opening.quorum", "a fraction such as 2/3, not a third", id="bad fraction"),
    pytest.param("un-ga", PROCEDURE, 'quorum = { at_least = "1/3" }', 'quorum = { at_least = "1/0" }', "opening.quorum", "a fraction such as 2/3, not 1/0", id="division by nothing"),
    pytest.param("un-ga", PROCEDURE, 'quorum = { at_least = "1/3" }', 'quorum = { at_least = "1e999999999" }', "opening.quorum", "a fraction such as 2/3", id="fraction with an exponent"),
    pytest.param("un-ga", PROCEDURE, 'quorum = { at_least = "1/3" }', 'quorum = { at_least = "4/3" }', "opening.quorum", "a part of the whole, not 4/3", id="more than the whole"),
    pytest.param("un-ga", PROCEDURE, 'quorum = { at_least = "1/3" }', 'quorum = { at_least = "1/3", more_than = "1/3" }', "opening.quorum", "either at_least or more_than", id="two shares in one"),
    pytest.param("un-ga", PROCEDURE, 'quorum = { more_than = "1/2" }', "quorum = {}", "decisions.without_a_vote.quorum", "either at_least or more_than", id="no share"),
    pytest.param("un-ga", PROCEDURE, 'at_least = "2/3", of', 'at_least = "2/0", of', "decisions.two_thirds.majorities[0]", "a fraction such as 2/3, not 2/0", id="bad majority"),
    pytest.param("un-ga", PROCEDURE, 'majorities = [{ at_least = "2/3", of = "present_and_voting" }]', WEIGHTED, "parties.ZW.weights.population", "which a majority counts", id="weight missing"),
    pytest.param("sco", PROCEDURE, 'way = "silence"', 'way = "vote"', "decisions.silence.majorities", "majorities for a vote", id="vote without a majority"),
    pytest.param("un-ga", PROCEDURE, 'tie = "second_vote"', 'tie = "second_vote"\nvetoes = ["SU"]', "decisions.simple_majority.vetoes", "SU is not known here", id="veto of a stranger"),
    pytest.param("sco", PROCEDURE, 'rule = "consensus_minus_one"', 'rule = "consensus_minus_two"', "decisions.consensus_minus_one.rule", "did you mean consensus_minus_one?", id="decision without a rule"),
    pytest.param("sco", PROCEDURE, 'electorate = ["member"]', 'electorate = ["members"]', "decisions.consensus.electorate", "did you mean member?", id="unknown electorate"),
    pytest.param("un-ga", PROCEDURE, 'fallback = "simple_majority"', 'fallback = "simple_majorities"', "decisions.without_a_vote.fallback", "did you mean simple_majority?", id="unknown fallback"),
    pytest.param("un-ga", PROCEDURE, 'fallback = "simple_majority"', 'fallback = "without_a_vote"', "decisions.without_a_vote.fallback", "come to an end", id="fallback in a circle"),
    pytest.param("un-ga", PROCEDURE, 'fallback = "simple_majority"', 'fallback = "silence"', "decisions.without_a_vote.fallback", "consensus or vote", id="fallback to silence"),
    pytest.param("sco", PROCEDURE, 'waiver = "procedural_consensus"\n', "", "matters.waiver", "the decision rule on not applying a rule", id="missing matter"),
    pytest.param("sco", PROCEDURE, 'text = "consensus"', 'text = "consent"', "matters.text", "consent is not known here", id="unknown decision for a matter"),
    pytest.param("sco", PROCEDURE, 'text = "consensus"', 'text = "silence"', "matters.text", "consensus or vote", id="matter decided by silence"),
    pytest.param("un-ga", PROCEDURE, 'appeal = "procedural"', 'appeal = "procedure"', "points_of_order.appeal", "did you mean procedural?", id="unknown decision for an appeal"),
    pytest.param("sco", PROCEDURE, 'decision = "silence"', 'decision = "silent"', "silence.decision", "did you mean silence?", id="unknown decision for silence"),
    pytest.param("sco", PROCEDURE, 'decision = "silence"', 'decision = "consensus"', "silence.decision", "whose way is silence", id="silence decided otherwise"),
    # documents, motions, special rules
    pytest.param("un-ga", PROCEDURE, 'sponsors = ["member"]', 'sponsors = ["membre"]', "document_types.amendment.sponsors", "did you mean member?", id="unknown sponsors"),
    pytest.param("sco", PROCEDURE, 'symbols = { en = "No. {number}"', 'matter = "texts"\nsymbols = { en = "No. {number}"', "document_types.decision.matter", "did you mean text?", id="unknown matter of a document"),
    pytest.param("sco", PROCEDURE, 'symbols = { en = "No. {number}", ru', "symbols = { ru", "document_types.decision.symbols.en", "in this language too", id="missing language of a symbol"),
    pytest.param("sco", PROCEDURE, 'ru = "№ {number}"', 'ru = "№ {nummer}"', "document_types.decision.symbols.ru", "in braces", id="unknown part of a symbol"),
    pytest.param("sco", PROCEDURE, '"第{number}号"', '"第{number:>999999999}号"', "document_types.decision.symbols.zh-hans", "in braces", id="symbol of great length"),
    pytest.param("sco", PROCEDURE, 'rule = "motions"', 'rule = "motion"', "motions.suspend.rule", "did you mean motions?", id="motion without a rule"),
    pytest.param("sco", PROCEDURE, 'decision = "procedural_consensus"', 'decision = "procedural"', "motions.suspend.decision", "did you mean procedural_consensus?", id="unknown decision for a motion"),
    pytest.param("sco", PROCEDURE, 'effect = "suspend"', 'effect = "suspended"', "motions.suspend.effect", "did you mean suspend?", id="unknown effect"),
    pytest.param("sco", PROCEDURE, 'rule = "proceed_without", allows', 'rule = "procede_without", allows', "special_rules.proceed_without.rule", "did you mean proceed_without?", id="special rule without a rule"),
]
# fmt: on


@pytest.mark.parametrize(("name", "file", "old", "new", "key", "expected"), FAULTS)
def test_a_fault_is_named_by_file_key_and_expectation(
    name: str, file: str, old: str, new: str, key: str, expected: str
) -> None:
    faults = faults_of(edited(name, file, old, new))
    found = [fault for fault in faults if fault.key == key and expected in fault.expected]
    assert found, "\n".join(map(str, faults))


def test_a_fault_reads_file_key_expectation() -> None:
    fault = Fault(ORGANISATION, "as_of", "expected this key")
    assert str(fault) == "organisation.toml: as_of: expected this key"
    assert str(ProfileFaultyError([fault, fault])) == f"{fault}\n{fault}"


def test_faults_in_both_files_are_found_at_once() -> None:
    texts = edited("sco", ORGANISATION, "as_of = 2020-11-10\n", "")
    texts[PROCEDURE] = (
        texts[PROCEDURE]
        .replace("rank = 1", 'rank = "1"')
        .replace('version = "2020', 'version = 1 # "')
    )
    assert {(fault.file, fault.key) for fault in faults_of(texts)} == {
        (ORGANISATION, "as_of"),
        (PROCEDURE, "version"),
        (PROCEDURE, "motions.suspend.rank"),
    }
