"""Reads a text of lines, section by section, and knows which section to blame.

Rule 1: every kind of line is one regular expression with one spelling for each value, so that a text
that reads at all is the text that would be written.
Rule 2: a section ends at the first line that is not of its kind, and must then have as many lines
as it declares: a damaged line, a missing line and a false count are all blamed on their section.
Rule 3: a line without its line feed is not a line: a text cut off anywhere is short of one.
"""

import re
from collections.abc import Iterator

from plenary.record.entry import WHOLE_NUMBER
from plenary.record.not_proven import NotProven, Section


class Lines:
    __slots__ = ("_at", "_lines", "_rest", "_section")

    def __init__(self, data: bytes) -> None:
        *self._lines, self._rest = data.split(b"\n")
        self._at = 0
        self._section: Section = "header"

    def line(self, section: Section, shape: re.Pattern[bytes]) -> re.Match[bytes]:
        """The next line, which is a section by itself or begins one."""
        if self._at == len(self._lines):
            raise NotProven(section, "the file is cut off before the end of this line")
        found = shape.fullmatch(self._lines[self._at])
        if found is None:
            if any(map(shape.fullmatch, self._lines[self._at + 1 : self._at + 2])):
                raise NotProven(self._section, "a line too many stands at its end")
            raise NotProven(section, "the line is not in the form of this section")
        self._at += 1
        self._section = section
        return found

    def items(self, section: Section, shape: re.Pattern[bytes]) -> Iterator[re.Match[bytes]]:
        """The lines of a section that begins with its name and their number.

        The number is looked at last, so that a line that has swallowed the next is blamed first.
        """
        head = self.line(section, re.compile(f"{section} ({WHOLE_NUMBER})".encode()))
        declared, count = int(head[1]), 0
        for line in self._lines[self._at :]:
            item = shape.fullmatch(line)
            if item is None:
                break
            yield item
            count += 1
        if count != declared:
            raise NotProven(
                section,
                f"{declared} lines are declared, {count} in the right form follow",
                min(declared, count) if section == "entries" else None,
            )
        self._at += count

    def end(self) -> None:
        self.line("end", re.compile(b"end"))
        if self._at != len(self._lines) or self._rest:
            raise NotProven("end", "something follows the end")


def write_items(section: Section, lines: list[bytes]) -> list[bytes]:
    return [f"{section} {len(lines)}".encode(), *lines]


def write_lines(lines: list[bytes]) -> bytes:
    return b"".join(line + b"\n" for line in [*lines, b"end"])
