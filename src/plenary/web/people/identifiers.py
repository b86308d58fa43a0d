"""What an identifier of the registry looks like; the seats of guests are named in the same way."""

import re
from typing import Final

from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy

IDENTIFIER: Final = re.compile(r"[a-z0-9][a-z0-9.-]{0,79}")

is_identifier: Final = RegexValidator(
    rf"^{IDENTIFIER.pattern}\Z", gettext_lazy("Small letters, digits, dots and hyphens only.")
)
