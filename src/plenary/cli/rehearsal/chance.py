"""Everything that is drawn by lot in a rehearsal, from its seed.

Rule: each drawing has a name of its own, so that one more step does not change what later steps draw.
"""

import random


def lot(seed: str, *about: str) -> random.Random:
    """Return the lot for one thing; the same seed and thing always draw the same."""
    return random.Random("/".join((seed, *about)))  # noqa: S311  # repeatable is what is wanted
