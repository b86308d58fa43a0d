"""Django's settings in the live process: those of the pages, with no more of Django than it needs.

It has no pages, so it loads neither the registry nor the accounts' forms; their files it still serves.
"""

from importlib.util import find_spec
from pathlib import Path

from plenary.web import settings as pages

globals().update({name: getattr(pages, name) for name in dir(pages) if name.isupper()})

INSTALLED_APPS = ["django.contrib.sessions", "django.contrib.staticfiles", "plenary.store"]
MIDDLEWARE: list[str] = []


def _static_folders() -> list[Path]:
    """Return the folders of files that the pages' applications bring along."""
    found = []
    for name in pages.INSTALLED_APPS:
        spec = find_spec(name)
        for place in (spec.submodule_search_locations or []) if spec else []:
            folder = Path(place) / "static"
            if folder.is_dir():
                found.append(folder)
    return found


STATICFILES_DIRS = _static_folders()
STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
