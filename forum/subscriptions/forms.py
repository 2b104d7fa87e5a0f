"""What a reader says of one topic."""

from django import forms
from django.utils.translation import gettext_lazy as _

from forum.subscriptions.models import Topic

ONE_CLICK = "One-Click"
"""What a mail program posts as List-Unsubscribe, for its reader (RFC 8058)."""


class SwitchForm(forms.Form):
    """On or off; which topic, the address says."""

    do = forms.ChoiceField(
        choices=[("off", "off"), ("on", "on")],
        error_messages={
            "required": _("Choose whether such letters come or not."),
            "invalid_choice": _("Choose whether such letters come or not."),
        },
    )


class ChoiceForm(SwitchForm):
    """On or off, of a topic that the page names."""

    topic = forms.ChoiceField(
        choices=Topic.choices,
        error_messages={
            "required": _("There is no such kind of letters."),
            "invalid_choice": _("There is no such kind of letters."),
        },
    )
