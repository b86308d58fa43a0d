"""Rates and lines, told what time it is; the paragraphs of a text."""

import pytest

from plenary.web.live.limits import Lines, Rate, TooManyError
from plenary.web.live.reading import paragraphs


def test_a_rate_lets_a_burst_through_and_then_so_many_a_second():
    rate = Rate(2, 4)
    for _ in range(4):
        rate.take("a", 100.0)
    with pytest.raises(TooManyError):
        rate.take("a", 100.0)
    rate.take("b", 100.0)
    rate.take("a", 100.5)
    with pytest.raises(TooManyError) as refused:
        rate.take("a", 100.5)
    assert refused.value.seconds == 1


def test_asking_too_often_does_not_put_it_off():
    rate = Rate(1, 1)
    rate.take("a", 0.0)
    for tenth in range(1, 10):
        with pytest.raises(TooManyError):
            rate.take("a", tenth / 10)
    rate.take("a", 1.0)


def test_a_rate_remembers_so_many_and_no_more():
    rate = Rate(1, 1, remembered=10)
    for number in range(1_000):
        rate.take(number, 0.0)
    assert len(rate._left) == 10


def test_lines_are_counted_in_all_and_for_each_and_given_back():
    lines = Lines(3)
    with lines.one("a", 1):
        with pytest.raises(TooManyError), lines.one("a", 1):
            pass
        with lines.one("b", 5), lines.one("b", 5), pytest.raises(TooManyError), lines.one("c", 5):
            pass
    with lines.one("a", 1):
        pass
    assert not lines._by_key


def test_a_text_is_read_paragraph_by_paragraph():
    text = "*Rehearsal text*\n\n# A title\n\n1. First,\nstill first.\r\n\r\n2.1. Second.\n\n\n \n2020 was a year."
    assert [(each.number, each.heading, each.text) for each in paragraphs(text)] == [
        (None, False, "*Rehearsal text*"),
        (None, True, "A title"),
        ("1", False, "First,\nstill first."),
        ("2.1", False, "Second."),
        (None, False, "2020 was a year."),
    ]
    assert paragraphs("") == ()
