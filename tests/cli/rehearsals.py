"""What the tests of rehearsals share: a copy of a summit to change, a small one of one's own, one run."""

import json
import shutil
from pathlib import Path

from plenary.cli import main

SUMMITS = Path(__file__).parents[2] / "src/plenary/summits"
PROFILES = Path(__file__).parents[2] / "src/plenary/profiles"


def copy_of(name, folder):
    """A shipped summit, copied to *folder*, to be changed there."""
    return Path(shutil.copytree(SUMMITS / name, folder / name))


def change(file, old, new):
    """Put *new* for *old*, which must be there, in one file."""
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")


def run(capsys, *words):
    """Rehearse; returns status, the JSON object if there is one, and what was said on stderr."""
    status = main(["rehearse", *map(str, words)])
    said = capsys.readouterr()
    try:
        return status, json.loads(said.out), said.err
    except json.JSONDecodeError:
        return status, None, said.err or said.out


SMALL = {
    "summit.toml": """
profile = "sco"
origin = "small/one"
body = "cnc"
titles = { en = "Small", ru = "Малое", zh-hans = "小" }
form = "in_person"
date = 2020-11-10
place_of_record = { en = "Minsk", ru = "Минск", zh-hans = "明斯克" }
begins = 2020-11-10T09:00:00+03:00
[secretariat]
clerk = { en = "Clerk", ru = "Секретарь", zh-hans = "书记" }
[groups]
two = ["IN", "KZ"]
[expected]
documents = { statement = 1 }
adopted = { without_signing = 1 }
participants = { members = 8 }
speaking_order = []
next_chair = false
""",
    "roster.toml": """
[[people]]
seat = "presiding"
id = "chair"
role = "head"
names = { en = "Coordinator", ru = "Координатор", zh-hans = "协调员" }
[[people]]
seat = "RU"
id = "chair"
names = { en = "Coordinator", ru = "Координатор", zh-hans = "协调员" }
[[everyone]]
of = ["@members"]
id = "{seat}-head"
role = "head"
names = { en = "Coordinator of {short}", ru = "Координатор: {short}", zh-hans = "{short}协调员" }
""",
    "agenda.toml": """
[[items]]
id = "1"
titles = { en = "One", ru = "Один", zh-hans = "一" }
""",
    "documents.toml": """
[[documents]]
id = "text"
type = "statement"
titles = { en = "Text", ru = "Текст", zh-hans = "案文" }
""",
    "documents/text.ru.md": "1. Текст.\n",
    "documents/text.zh-hans.md": "1. 案文。\n",
    "script.toml": """
[[steps]]
do = "convene"
[[steps]]
do = "accredit"
[[steps]]
do = "take_seats"
[[steps]]
do = "table_documents"
[[steps]]
by = "presiding"
act = "open_meeting"
[[steps]]
id = "agenda"
by = "presiding"
act = "put"
with = { subject = { subject = "agenda", items = "$agenda" } }
[[steps]]
do = "acknowledge"
[[steps]]
by = "presiding"
act = "declare_adopted"
with = { window = "$window" }
[[steps]]
by = "presiding"
act = "put"
with = { subject = { subject = "document_list", documents = "$documents" } }
[[steps]]
do = "acknowledge"
[[steps]]
by = "presiding"
act = "declare_adopted"
with = { window = "$window" }
[[steps]]
by = "presiding"
act = "put"
with = { subject = { subject = "texts", documents = ["text"] } }
[[steps]]
do = "acknowledge"
[[steps]]
id = "gavel"
by = "presiding"
act = "declare_adopted"
with = { window = "$window" }
[[steps]]
id = "close"
by = "presiding"
act = "close_meeting"
""",
}


def small(folder):
    """A small meeting of one's own, written to *folder*."""
    for name, text in SMALL.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text.lstrip(), "utf-8")
    return folder
