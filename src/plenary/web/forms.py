"""Forms: fields in the manner of the pages, texts in several languages, keys that act once.

Rule 1: what was typed stays in the form when an act is refused.
Rule 2: a form carries the key its act is done under, so that sending it twice acts once.
"""

from collections.abc import Iterable, Mapping
from typing import Any, cast

from django import forms
from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting
from django.utils.crypto import get_random_string
from django.utils.translation import gettext, gettext_lazy

from plenary.rules.names import UNFIT, Language
from plenary.web.languages import name_of_language


class Field(BoundField):
    """A field as it stands in a page; the first one that is wrong is where the reader continues.

    What was typed and comes back is marked, so that it is not lost in silence.
    """

    def build_widget_attrs(self, attrs: Any, widget: Any = None) -> dict[str, Any]:
        """Return what the element carries."""
        widget = widget or self.field.widget
        widget.attrs.pop("placeholder", None)  # it only repeats the label
        built: dict[str, Any] = super().build_widget_attrs(attrs, widget)
        if self.errors and self.name == next(iter(self.form.errors)):
            built["autofocus"] = True
        if isinstance(widget, forms.TextInput | forms.Textarea) and self._was_typed():
            built["data-typed"] = True
        return built

    def _was_typed(self) -> bool:
        return self.form.is_bound and self.name in self.form.changed_data


class Renderer(TemplatesSetting):
    """Django's own renderer, which finds our templates for fields and errors."""

    bound_field_class = Field


def new_key() -> str:
    """Return a key nobody has used."""
    return get_random_string(22)


def fit(value: str) -> str:
    """Return *value*, or refuse control characters and those that change the direction of reading."""
    if UNFIT.search(value):
        raise forms.ValidationError(gettext("The text contains a character that is not allowed."))
    return value


class Typed(forms.CharField):
    """One line a person types."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 500)
        super().__init__(**kwargs)

    def clean(self, value: Any) -> str:
        """Return the line without what misleads."""
        return fit(cast("str", super().clean(value)))


class ActForm(forms.Form):
    """A form for one act."""

    required_css_class = "required"
    key = forms.CharField(widget=forms.HiddenInput, required=False, max_length=60)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        self.initial.setdefault("key", new_key())

    def act_key(self) -> str:
        """Return the key the act is done under."""
        return self.cleaned_data.get("key") or new_key()

    def typed(self, name: str) -> str | None:
        """Return what was typed into a field that may be left empty."""
        return self.cleaned_data.get(name) or None

    def add_texts(
        self, name: str, label: str, languages: Iterable[str], needed: Iterable[str]
    ) -> None:
        """Add one line for each of *languages*; those *needed* must be filled in."""
        must = set(needed)
        for language in languages:
            self.fields[f"{name}_{language}"] = Typed(
                label=f"{label} – {name_of_language(language)}",
                required=language in must,
                widget=forms.TextInput(attrs={"lang": language}),
            )

    def texts(self, name: str) -> dict[Language, str]:
        """Return what was typed for a text in several languages."""
        beginning = f"{name}_"
        return {
            Language(field.removeprefix(beginning)): value
            for field, value in self.cleaned_data.items()
            if field.startswith(beginning) and value
        }


def choices(
    pairs: Mapping[str, str] | Iterable[tuple[str, str]], *, empty: bool = False
) -> list[tuple[str, str]]:
    """Return choices for a select, with a line for "none" where that is possible."""
    listed = list(pairs.items()) if isinstance(pairs, Mapping) else list(pairs)
    return [("", gettext("– none –")), *listed] if empty else listed


CHOOSE = gettext_lazy("Choose")
