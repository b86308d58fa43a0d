"""Presence, told what time it is."""

from plenary.feed.presence import MILLISECONDS, MOST_SCREENS, Presence
from plenary.rules.names import SeatId

RU, KZ = SeatId("RU"), SeatId("KZ")


def test_a_seat_is_connected_while_its_screen_speaks_and_lost_when_it_does_not():
    presence = Presence()
    presence.heard(RU, "a", 1_000)
    assert presence.connected(1_000 + MILLISECONDS) == {RU}
    assert presence.lost(1_000 + MILLISECONDS) == {}
    assert presence.connected(1_001 + MILLISECONDS) == frozenset()
    assert presence.lost(1_001 + MILLISECONDS) == {RU: 1_000}
    presence.heard(RU, "a", 9_000)
    assert presence.lost(9_000) == {}


def test_who_was_never_there_is_not_lost():
    assert Presence().lost(10_000) == {}


def test_an_aides_tablet_does_not_stand_in_for_the_screen_that_took_the_seat():
    presence = Presence()
    presence.heard(RU, "tablet", 1_000)
    assert presence.connected(1_000) == {RU}  # nobody took it yet
    presence.took(RU, "podium", None)
    presence.heard(RU, "podium", 2_000)
    presence.heard(RU, "tablet", 9_000)
    assert presence.connected(9_000) == frozenset()
    presence.freed(RU)
    assert presence.connected(9_000) == {RU}


def test_a_displaced_screen_knows_it_until_it_takes_the_seat_again():
    presence = Presence()
    presence.took(RU, "old", None)
    assert not presence.is_displaced(RU, "old")
    presence.took(RU, "new", "old")
    assert presence.is_displaced(RU, "old")
    assert not presence.is_displaced(KZ, "old")
    presence.took(RU, "old", "new")
    assert not presence.is_displaced(RU, "old")
    assert presence.is_displaced(RU, "new")


def test_what_is_remembered_has_a_bound():
    presence = Presence()
    for number in range(5_000):
        presence.heard(RU, f"s{number}", number)
        presence.took(RU, f"s{number}", f"s{number - 1}")
        presence.checked(RU, f"s{number}", 0, whole=True)
    assert len(list(presence.checks())) == 50 * MOST_SCREENS
    assert not presence.is_displaced(RU, "s100")
    assert presence.is_displaced(RU, "s4998")


def test_a_check_is_news_once():
    presence = Presence()
    assert presence.checked(RU, "a", 1, whole=True)
    assert not presence.checked(RU, "a", 1, whole=True)
    assert presence.checked(RU, "a", 1, whole=False)
    assert list(presence.checks()) == [(RU, "a", 1, False)]
