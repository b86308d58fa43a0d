"""How much anybody may ask for: rates and open lines, in memory that itself has a bound.

Rule: pure: whoever calls says what time it is.
"""

from collections import Counter, OrderedDict
from collections.abc import Hashable, Iterator
from contextlib import contextmanager


class TooManyError(Exception):
    """More than is allowed; ``seconds`` is when to try again."""

    def __init__(self, seconds: int) -> None:
        super().__init__(f"again in {seconds} s")
        self.seconds = seconds


class Rate:
    """So many each second for each key, and *burst* at once."""

    def __init__(self, per_second: float, burst: int, remembered: int = 20_000) -> None:
        self._per_second = per_second
        self._burst = burst
        self._remembered = remembered
        self._left: OrderedDict[Hashable, tuple[float, float]] = OrderedDict()

    def take(self, key: Hashable, now: float) -> None:
        """Count one for *key* at *now* (seconds), or raise ``TooManyError``."""
        left, at = self._left.pop(key, (float(self._burst), now))
        left = min(float(self._burst), left + (now - at) * self._per_second)
        taken = left >= 1.0
        self._left[key] = (left - 1.0 if taken else left, now)
        if len(self._left) > self._remembered:
            self._left.popitem(last=False)
        if not taken:
            raise TooManyError(max(1, round((1.0 - left) / self._per_second)))


class Lines:
    """Open lines: in all, and for each key."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._open = 0
        self._by_key: Counter[Hashable] = Counter()

    @contextmanager
    def one(self, key: Hashable, most: int) -> Iterator[None]:
        """Hold one line open for *key*, which may have *most*, or raise ``TooManyError``."""
        if self._open >= self._most or self._by_key[key] >= most:
            if not self._by_key[key]:
                del self._by_key[key]
            raise TooManyError(5)
        self._open += 1
        self._by_key[key] += 1
        try:
            yield
        finally:
            self._open -= 1
            self._by_key[key] -= 1
            if not self._by_key[key]:
                del self._by_key[key]
