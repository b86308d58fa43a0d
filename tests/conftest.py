"""One Django for all tests of a process: the settings of the pages, on a database no other test writes to.

The environment is left as it was, so that a process that a test starts has its own.
"""

import atexit
import shutil
import tempfile

import django
import pytest
from django.conf import settings

_folder = tempfile.mkdtemp(prefix="plenary-tests-")
atexit.register(shutil.rmtree, _folder, ignore_errors=True)

with pytest.MonkeyPatch.context() as _patch:
    _patch.setenv("DJANGO_SETTINGS_MODULE", "plenary.web.settings")
    _patch.setenv("PLENARY_DATA", _folder)
    _patch.delenv("DATABASE_URL", raising=False)
    _patch.delenv("PLENARY_ORIGIN", raising=False)
    _patch.delenv("PLENARY_DEMO", raising=False)
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # for speed
    django.setup()
