"""What a prepared meeting needs beside its record: the profile, the texts, the script, accounts.

Rule: nothing here is an act; the record alone says who may sit where, and what was tabled.
"""

import msgspec

from plenary.desk.codec import encode
from plenary.folders.folder import Folder
from plenary.folders.preparation import spoken
from plenary.rules.names import PersonId, Text
from plenary.rules.visibility import MEMBERS, PUBLIC
from plenary.store.files import keep_file
from plenary.store.models import Person
from plenary.store.scripts import keep_script


def keep_texts(folder: Folder, origin: str) -> None:
    """Keep the profile, and the texts that the documents name by their digests."""
    keep_file(origin, encode(folder.profile), PUBLIC)
    for document in folder.texts:
        for file in sorted((folder.path / "documents").glob(f"{document}.*.md")):
            keep_file(origin, file.read_bytes(), MEMBERS)


def keep_words(folder: Folder, origin: str) -> None:
    """Keep the script for the presiding officer's console."""
    keep_script(origin, msgspec.json.encode(list(spoken(folder))))


def enrol(person: PersonId, names: Text) -> None:
    """Enrol a person whose letter was received, unless there is one of that identifier."""
    if not Person.objects.filter(identifier=person).exists():
        Person.objects.enrol(person, {str(language): name for language, name in names.items()})
