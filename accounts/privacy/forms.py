"""Asking for consent: a box for each text that a person has not yet agreed to."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.privacy.models import ConsentText, Purpose

ORDER = list(Purpose.values)


class ConsentField(forms.ModelMultipleChoiceField):
    """The newest texts of `purposes`; without the one on processing nothing can be stored.

    Boxes carry the text's id: who read an older version is shown the new one, not signed up to it.
    """

    default_error_messages = {
        "invalid_choice": _("The text of a consent has changed. Please read it again."),
        "required": _("Without your consent to process your data we cannot register you."),
    }
    widget = forms.CheckboxSelectMultiple

    def __init__(self, *, purposes: Iterable[Purpose], **kwargs: Any) -> None:
        self.purposes = [str(purpose) for purpose in purposes]
        self.processing_is_asked = Purpose.PROCESSING in self.purposes
        label = _("Consents") if self.processing_is_asked else _("Consents (optional)")
        super().__init__(queryset=ConsentText.objects.none(), label=label, required=False, **kwargs)
        self.queryset = ConsentText.objects.current().filter(purpose__in=self.purposes)
        texts = sorted(self.queryset, key=lambda text: ORDER.index(text.purpose))
        self.choices = [(text.pk, self.label_from_instance(text)) for text in texts]

    def label_from_instance(self, obj: Any) -> str:
        """Show the whole text beside its box."""
        return str(obj.text)

    def clean(self, value: Any) -> Any:
        """Return the texts that were agreed to."""
        texts = super().clean(value)
        purposes = {text.purpose for text in texts}
        if self.processing_is_asked and Purpose.PROCESSING not in purposes:
            raise ValidationError(self.error_messages["required"], code="required")
        return texts


class WithdrawForm(forms.Form):
    """Which consent is taken back. That on processing is: by cancelling, and writing to us."""

    purpose = forms.ChoiceField(
        choices=[
            (purpose.value, purpose.label)
            for purpose in (Purpose.CROSS_BORDER, Purpose.PUBLICATION)
        ],
        error_messages={
            "invalid_choice": _(
                "This consent is withdrawn by cancelling your registration and writing to the "
                "organisers."
            )
        },
    )
