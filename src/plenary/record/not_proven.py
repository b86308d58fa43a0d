"""The room's one refusal.

Rule 1: a check returns the useful thing or raises `NotProven`; nobody can forget to look at it.
Rule 2: `NotProven` names the section of the file, and the entry where there is one, so that two
readers of the same damaged bundle speak about the same place.
"""

from typing import Literal

Section = Literal[
    "header",
    "origin",
    "keys",
    "attachments",
    "entries",
    "checkpoints",
    "end",
    "previous",  # of a proof
    "path",  # of a proof
]


class NotProven(Exception):  # noqa: N818 - the word of the record, not of the machine
    """What was claimed is not shown by what was given."""

    def __init__(self, section: Section, reason: str, number: int | None = None) -> None:
        super().__init__(section, reason, number)
        self.section = section
        self.reason = reason
        self.number = number

    def __str__(self) -> str:
        entry = "" if self.number is None else f", entry {self.number}"
        return f"{self.section}{entry}: {self.reason}"
