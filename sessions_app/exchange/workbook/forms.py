"""The form that takes a workbook."""

from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.tables.package import MOST_BYTES


class WorkbookForm(forms.Form):
    """A file; what is in it, its reader judges."""

    file = forms.FileField(
        label=_("Workbook (.xlsx)"),
        allow_empty_file=True,
        widget=forms.FileInput({"accept": ".xlsx"}),
        error_messages={"required": _("Choose a file.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True

    @property
    def content(self) -> bytes:
        """The file's bytes, not more than one beyond what is taken."""
        return self.cleaned_data["file"].read(MOST_BYTES + 1)  # type: ignore[no-any-return]
