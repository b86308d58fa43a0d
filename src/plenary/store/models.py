"""The tables.

Rule 1: an entry's bytes are kept as they were sealed; no column says again what stands in its body.
Rule 2: the key of an entry is its meeting and its number, so that no number is given twice.
Rule 3: a person's account gives nobody a seat; seats follow from the letters in a meeting's record.
"""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from plenary.rules.names import PersonId


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


class Script(models.Model):
    """What is prepared for the presiding officer of a meeting, in JSON; no part of the record."""

    meeting = models.OneToOneField(Meeting, models.PROTECT, primary_key=True)
    steps = models.BinaryField()

    def __str__(self) -> str:
        return f"script of meeting {self.meeting_id}"


class People(BaseUserManager["Person"]):
    """Makes accounts."""

    def enrol(
        self,
        identifier: PersonId,
        names: dict[str, str],
        *,
        email: str | None = None,
        language: str = "",
        administrator: bool = False,
    ) -> "Person":
        """Return a new account that cannot sign in yet: it has neither password nor passkey."""
        person = self.model(
            identifier=identifier,
            names=names,
            email=self.normalize_email(email).lower() if email else None,
            language=language,
            administrator=administrator,
        )
        person.set_unusable_password()
        person.save(using=self._db)
        return person


class Person(AbstractBaseUser):
    """A named person with an account; ``identifier`` is the ``PersonId`` that records hold.

    ``names`` are by language. Administrators keep the registry of people; that gives no seat.
    """

    identifier = models.CharField(max_length=80, unique=True)
    names = models.JSONField(default=dict)
    email = models.EmailField(max_length=254, unique=True, null=True, blank=True)
    language = models.CharField(max_length=20, blank=True)
    is_active = models.BooleanField(default=True)
    administrator = models.BooleanField(default=False)
    enrolled = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[People] = People()

    USERNAME_FIELD = "identifier"
    EMAIL_FIELD = "email"

    class Meta:
        verbose_name_plural = "people"

    def __str__(self) -> str:
        return self.name_in("en")

    @property
    def person_id(self) -> PersonId:
        """The identifier that records hold."""
        return PersonId(self.identifier)

    @property
    def is_staff(self) -> bool:
        """Whether the person may open the registry of people."""
        return self.administrator

    def name_in(self, language: str) -> str:
        """Return the person's name in *language*, else in any language, else the identifier."""
        return self.names.get(language) or next(iter(self.names.values()), self.identifier)

    def has_perm(self, perm: str, obj: object = None) -> bool:
        """Administrators may do all the registry offers, others nothing."""
        return self.is_active and self.administrator

    def has_module_perms(self, app_label: str) -> bool:
        """As ``has_perm``."""
        return self.is_active and self.administrator


class Invitation(models.Model):
    """A link by which one person takes an account into use, once and before it expires.

    Only the SHA-256 of its token is kept, and whether whoever made the link was shown it.
    """

    person = models.ForeignKey(Person, models.CASCADE, related_name="invitations")
    token = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(
        Person, models.SET_NULL, null=True, related_name="invitations_sent"
    )
    shown = models.BooleanField(default=True)
    sent = models.DateTimeField()
    expires = models.DateTimeField()
    used = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-sent"]

    def __str__(self) -> str:
        return f"invitation of {self.person_id}"
