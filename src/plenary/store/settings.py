"""Django's settings for the tables alone.

``DATABASE_URL``: ``postgresql://user:password@host:port/name``, ``sqlite:///relative/path`` or
``sqlite:////absolute/path``. Without it, ``plenary.sqlite3`` in the folder ``PLENARY_DATA``, which
is ``var`` where nothing else is said. There is no secret here: the tables need none.
"""

import os
from pathlib import Path
from urllib.parse import quote

from plenary.store.address import database

DATA = Path(os.environ.get("PLENARY_DATA") or "var")
DATABASES = {
    "default": database(
        os.environ.get("DATABASE_URL")
        or f"sqlite:///{quote(str((DATA / 'plenary.sqlite3').absolute()))}"
    )
}
INSTALLED_APPS = ["django.contrib.sessions", "plenary.store"]
AUTH_USER_MODEL = "store.Person"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
