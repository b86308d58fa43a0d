"""How fast bots act: as many times the meeting's own pace as they are told, or without waiting."""

import argparse
import time
from collections.abc import Callable

LONGEST_PAUSE = 600
"""Seconds of the script that are waited at most between two steps; days pass at once."""

Pause = Callable[[float], object]


def speed(given: str, expected: str = "a number above 0") -> float:
    """Return the speed that an argument of a command names.

    Raises:
        argparse.ArgumentTypeError: if it names none.
    """
    try:
        found = float(given)
    except ValueError:
        found = 0
    if not 0 < found < 1e9:
        raise argparse.ArgumentTypeError(f"{given} is no speed; expected {expected}")
    return found


def speed_or_max(given: str) -> float | None:
    """Return the speed, or None for ``max``: without waiting."""
    return None if given == "max" else speed(given, "a number above 0, or max")


def pausing(times: float | None) -> Pause:
    """Return what waits for some seconds of the script, at *times* its pace; None: not at all."""
    if times is None:
        return lambda _: None
    return lambda seconds: time.sleep(min(seconds, LONGEST_PAUSE) / times)
