"""The tables.

Rule 1: an entry's bytes are kept as they were sealed; no column says again what stands in its body.
Rule 2: the key of an entry is its meeting and its number, so that no number is given twice.
"""

from django.db import models


class Meeting(models.Model):
    """A meeting, by its name in checkpoints."""

    origin = models.CharField(max_length=120, unique=True)

    def __str__(self) -> str:
        return self.origin


class Entry(models.Model):
    """One entry of a meeting's record."""

    pk = models.CompositePrimaryKey("meeting_id", "number")
    meeting = models.ForeignKey(Meeting, models.PROTECT, db_index=False)
    number = models.BigIntegerField()
    seal = models.BinaryField(max_length=32)
    commitment = models.BinaryField(max_length=32)
    salt = models.BinaryField(max_length=32)
    body = models.BinaryField()

    def __str__(self) -> str:
        return f"entry {self.number} of meeting {self.meeting_id}"


class HeldDeed(models.Model):
    """One deed of the consultation that a meeting is in; it goes when that ends and is an entry."""

    pk = models.CompositePrimaryKey("meeting_id", "place")
    meeting = models.ForeignKey(Meeting, models.PROTECT, db_index=False)
    place = models.IntegerField()
    deed = models.BinaryField()

    def __str__(self) -> str:
        return f"held deed {self.place} of meeting {self.meeting_id}"


class Checkpoint(models.Model):
    """A signed note on a meeting's record."""

    meeting = models.ForeignKey(Meeting, models.PROTECT)
    size = models.BigIntegerField()
    note = models.TextField()

    class Meta:
        ordering = ["size", "id"]

    def __str__(self) -> str:
        return f"checkpoint of the first {self.size} entries of meeting {self.meeting_id}"


class File(models.Model):
    """The bytes an entry names by their SHA-256, and who may read them, in the words entries use."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, db_index=False)
    digest = models.CharField(max_length=64)
    visibility = models.CharField(max_length=60)
    content = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "digest"], name="one_file_per_digest")
        ]

    def __str__(self) -> str:
        return f"file {self.digest} of meeting {self.meeting_id}"
