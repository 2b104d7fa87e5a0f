"""What a contact types: of each delegate, of an invitation, and why somebody does not come."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.languages import Language
from accounts.models import Organisation, Region
from accounts.tables.package import UnreadableTable, refuse_size
from accounts.users.forms import NameForm
from forum.delegations.rows import DelegateRow
from forum.quotas.kinds import KIND_OF
from forum.quotas.models import Category

MOST_ADDRESSES = 20
DECLARATION = _(
    "Each of these people has agreed in writing that I pass on their personal data, and that the "
    "organisers process it to hold the forum. I can show this agreement."
)


def categories_of(organisation: Organisation) -> list[tuple[str, Any]]:
    """Return the categories in which delegates of such an organisation come, guests last."""
    mine = [one for one in Category if KIND_OF.get(one) == organisation.kind]
    return [(one.value, one.label) for one in [*mine, Category.GUEST]]


class DelegateForm(NameForm):
    """One person to be registered."""

    email = forms.EmailField(
        label=_("E-mail"),
        max_length=254,
        widget=forms.EmailInput({"autocomplete": "off"}),
        help_text=_("The person's own: letters and the code to sign in go there."),
    )
    latin_name = forms.CharField(
        label=_("Name in Latin letters (optional)"),
        max_length=200,
        required=False,
        help_text=_("As it should stand on the badge."),
    )
    category = forms.ChoiceField(label=_("Comes for"))
    job_title = forms.CharField(label=_("Position (optional)"), max_length=150, required=False)
    languages = forms.MultipleChoiceField(
        label=_("Languages that the person understands"),
        choices=Language,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Tick at least one language.")},
    )
    field_order = (
        "email", "family_name", "given_name", "patronymic", "languages", "category", "latin_name",
        "phone", "job_title", "language",
    )  # fmt: skip
    use_required_attribute = False

    def __init__(
        self, data: Any = None, *, organisation: Organisation, category: str = "", **kwargs: Any
    ) -> None:
        super().__init__(data, **kwargs)
        language = get_language() or Language.KAZAKH
        choices = categories_of(organisation)
        self.fields["category"].choices = choices  # type: ignore[attr-defined]
        self.fields["category"].initial = category or choices[0][0]
        self.fields["language"].initial = language
        self.fields["languages"].initial = [language]
        self.fields["family_name"].help_text = _("May be empty for a person with a single name.")
        self.fields["patronymic"].label = _("Patronymic (optional)")
        for name in ("family_name", "given_name", "patronymic", "phone"):
            # The browser would offer the contact's own.
            self.fields[name].widget.attrs["autocomplete"] = "off"

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).lower()

    def clean_latin_name(self) -> str:
        return " ".join(self.cleaned_data["latin_name"].split())

    def row(self, number: int, *, is_another: bool = False) -> DelegateRow:
        """Return what was typed, judged."""
        told = {name: self.cleaned_data[name] for name in self.field_order}
        told["languages"] = tuple(told["languages"])
        return DelegateRow(number=number, is_another=is_another, **told)


class DeclarationForm(forms.Form):
    """What the contact says once for all of the people, and the region where it is not known."""

    region: "forms.ModelChoiceField[Region]" = forms.ModelChoiceField(
        label=_("Region of the organisation"),
        queryset=Region.objects.all(),
        required=False,
        empty_label="—",
    )
    declared = forms.BooleanField(
        label=DECLARATION,
        error_messages={"required": _("Without each person's agreement nobody may be registered.")},
    )

    def __init__(
        self, data: Any = None, *, organisation: Organisation, region: Region | None = None
    ) -> None:
        super().__init__(data, initial={"region": region})
        if organisation.region_id:
            del self.fields["region"]

    @property
    def region_named(self) -> Region | None:
        """The region that was chosen."""
        found: Region | None = self.cleaned_data.get("region")
        return found


class SheetForm(forms.Form):
    """A file of people; what is in it, its reader judges."""

    file = forms.FileField(
        label=_("File (.xlsx or .csv)"),
        allow_empty_file=True,
        widget=forms.FileInput({"accept": ".xlsx,.csv,.txt"}),
        error_messages={"required": _("Choose a file.")},
    )
    region = DeclarationForm.base_fields["region"]

    def __init__(self, *args: Any, organisation: Organisation) -> None:
        super().__init__(*args)
        if organisation.region_id:
            del self.fields["region"]

    def clean_file(self) -> Any:
        """Refuse a file that is too large before it is read: of a huge one only the size came."""
        file = self.cleaned_data["file"]
        try:
            refuse_size(file.size)
        except UnreadableTable as error:
            raise ValidationError(str(error)) from error
        return file

    @property
    def content(self) -> bytes:
        """The file's bytes."""
        content: bytes = self.cleaned_data["file"].read()
        return content

    @property
    def region_named(self) -> Region | None:
        """The region that was chosen."""
        found: Region | None = self.cleaned_data.get("region")
        return found


class InviteForm(forms.Form):
    """Whom to invite: e-mails, and what the letter says."""

    addresses = forms.CharField(
        label=_("E-mails, one on each line"),
        max_length=6000,
        widget=forms.Textarea({"rows": 4, "autocomplete": "off", "spellcheck": "false"}),
    )
    language = forms.ChoiceField(label=_("Language of the letter"), choices=Language)
    category = forms.ChoiceField(label=_("They come for"))

    def __init__(self, data: Any = None, *, organisation: Organisation) -> None:
        super().__init__(data)
        choices = categories_of(organisation)
        self.fields["category"].choices = choices  # type: ignore[attr-defined]
        self.fields["category"].initial = choices[0][0]
        self.fields["language"].initial = get_language() or Language.KAZAKH

    def clean_addresses(self) -> list[str]:
        typed = self.cleaned_data["addresses"].replace(",", " ").replace(";", " ").split()
        addresses = list(dict.fromkeys(one.lower() for one in typed))
        if len(addresses) > MOST_ADDRESSES:
            raise ValidationError(_("At most %(most)d e-mails at once.") % {"most": MOST_ADDRESSES})
        for one in addresses:
            try:
                validate_email(one)
            except ValidationError as error:
                raise ValidationError(
                    _("“%(word)s” is no e-mail address.") % {"word": one[:60]}
                ) from error
        return addresses


class WhyForm(forms.Form):
    """Why a delegate is denied or does not come."""

    reason = forms.CharField(label=_("Reason"), max_length=300)

    def __init__(self, data: Any = None, *, help_text: str = "") -> None:
        super().__init__(data)
        self.fields["reason"].help_text = help_text


class ReplaceForm(DelegateForm):
    """Who comes instead, and why."""

    reason = forms.CharField(
        label=_("Why?"),
        max_length=300,
        help_text=_("Who does not come, and the organisers, read it."),
    )
    declared = forms.BooleanField(
        label=_(
            "The person has agreed in writing that I pass on their personal data, and that the "
            "organisers process it to hold the forum. I can show this agreement."
        ),
        error_messages={"required": _("Without the person's agreement nobody may be registered.")},
    )

    def __init__(self, data: Any = None, *, organisation: Organisation) -> None:
        super().__init__(data, organisation=organisation)
        # The one whose place it is decides.
        del self.fields["category"]

    def as_row(self, category: str) -> DelegateRow:
        """Return what was typed, judged."""
        self.cleaned_data["category"] = category
        return self.row(1)
