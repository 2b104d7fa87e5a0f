"""Asking for consent: a box for each text that a person has not yet agreed to."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.privacy.models import ConsentText, Purpose

ORDER = list(Purpose.values)


class ConsentField(forms.MultipleChoiceField):
    """The newest texts; without the one on processing nothing can be stored.

    Boxes carry the text's id: who read an older version is shown the new one, not signed up to it.
    """

    default_error_messages = {
        "invalid_choice": _("The text of a consent has changed. Please read it again."),
        "required": _("Without your consent to process your data we cannot register you."),
    }
    widget = forms.CheckboxSelectMultiple

    def __init__(self, *, texts: Iterable[ConsentText], **kwargs: Any) -> None:
        in_order = sorted(texts, key=lambda text: ORDER.index(text.purpose))
        self.texts = {str(text.pk): text for text in in_order}
        self.processing_is_asked = any(text.purpose == Purpose.PROCESSING for text in in_order)
        label = _("Consents") if self.processing_is_asked else _("Consents (optional)")
        choices = [(key, str(text.text)) for key, text in self.texts.items()]
        super().__init__(choices=choices, label=label, required=False, **kwargs)

    def clean(self, value: Any) -> Any:
        """Return the texts that were agreed to."""
        texts = [self.texts[key] for key in super().clean(value)]
        if self.processing_is_asked and all(text.purpose != Purpose.PROCESSING for text in texts):
            raise ValidationError(self.error_messages["required"], code="required")
        return texts


class WithdrawForm(forms.Form):
    """Which consent is taken back. That on processing is: by cancelling, and writing to us."""

    purpose = forms.ChoiceField(
        choices=[
            (purpose.value, purpose.label)
            for purpose in (Purpose.NEEDS, Purpose.CROSS_BORDER, Purpose.PUBLICATION)
        ],
        error_messages={
            "invalid_choice": _(
                "This consent is withdrawn by cancelling your registration and writing to the "
                "organisers."
            )
        },
    )
