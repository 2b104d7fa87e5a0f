"""Registrations as a table. Needs are health-related: they go out only to who may see them."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from import_export import fields, widgets
from import_export.results import RowResult

from accounts.languages import Language
from accounts.models import Consent, ConsentText, Organisation, Purpose, User
from accounts.organisations.bin import normalise_bin
from accounts.transfers import ChoiceWidget, GuardedResource, says_yes
from accounts.users.actions import find_or_add
from accounts.users.phones import normalise_phone
from forum.editions.models import Edition
from forum.quotas.models import Category
from forum.registrations import actions
from forum.registrations.errors import RegistrationError
from forum.registrations.models import Registration, Status

NEEDS = ("needs", "needs_note")
READ = (
    "edition", "email", "family_name", "given_name", "patronymic", "phone", "language", "category",
    "organisation", "organisation_bin", "job_title", "languages", "consent",
)  # fmt: skip
HEADINGS = {
    "code": gettext_lazy("Number"),
    "edition": gettext_lazy("Edition"),
    "status": gettext_lazy("Status"),
    "category": gettext_lazy("Category"),
    "family_name": gettext_lazy("Family name"),
    "given_name": gettext_lazy("Given name"),
    "patronymic": gettext_lazy("Patronymic"),
    "email": gettext_lazy("E-mail"),
    "phone": gettext_lazy("Phone"),
    "language": gettext_lazy("Language of letters"),
    "organisation": gettext_lazy("Organisation"),
    "organisation_bin": gettext_lazy("BIN"),
    "region": gettext_lazy("Region"),
    "job_title": gettext_lazy("Position"),
    "languages": gettext_lazy("Languages"),
    "needs": gettext_lazy("Needs"),
    "needs_note": gettext_lazy("More about needs"),
    "registered_at": gettext_lazy("Registered at"),
    "consent": gettext_lazy("Consent"),
}


class ListWidget(widgets.Widget):
    """Several codes in one cell."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> list[str]:
        return str(value or "").replace(",", " ").split()

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return " ".join(value or [])


class RegistrationResource(GuardedResource):
    """One row a registration; a row read in registers a person through the action `register`.

    The person is found by e-mail or added; `consent` says that they agreed on paper.
    """

    headings = HEADINGS
    category = fields.Field("category", "category", widget=ChoiceWidget(Category))
    edition = fields.Field("edition__slug", "edition", readonly=True)
    email = fields.Field("person__email", "email", readonly=True)
    family_name = fields.Field("person__family_name", "family_name", readonly=True)
    given_name = fields.Field("person__given_name", "given_name", readonly=True)
    patronymic = fields.Field("person__patronymic", "patronymic", readonly=True)
    phone = fields.Field("person__phone", "phone", readonly=True)
    language = fields.Field("person__language", "language", readonly=True)
    organisation = fields.Field("organisation__name", "organisation", readonly=True)
    organisation_bin = fields.Field("organisation__bin", "organisation_bin", readonly=True)
    region = fields.Field("region__name", "region", readonly=True)
    languages = fields.Field("languages", "languages", widget=ListWidget())
    needs = fields.Field("needs", "needs", widget=ListWidget())
    status = fields.Field("status", "status", readonly=True, widget=ChoiceWidget(Status))

    class Meta:
        model = Registration
        import_id_fields = ()  # rows are people to register, not registrations to find
        fields = (
            "code", "edition", "status", "category", "family_name", "given_name", "patronymic",
            "email", "phone", "language", "organisation", "organisation_bin", "region",
            "job_title", "languages", "needs", "needs_note", "registered_at",
        )  # fmt: skip
        export_order = fields
        use_transactions = True

    def __init__(self, *, by: User | None = None, shows_needs: bool = False, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.by, self.shows_needs = by, shows_needs

    def get_diff_headers(self) -> list[str]:
        return [self.heading(one) for one in READ]

    def filter_export(self, queryset: Any, **kwargs: Any) -> Any:
        """Bring along what the columns tell, or each row would ask for it."""
        return queryset.select_related("edition", "person", "organisation", "region")

    def get_export_fields(self, selected_fields: Any = None) -> Any:
        found = super().get_export_fields(selected_fields)
        return [one for one in found if self.shows_needs or one.column_name not in NEEDS]

    def shown_columns(self) -> tuple[str, ...]:
        """Tell whoever reads a file in (`by`) what is read, and others what goes out."""
        return READ if self.by else tuple(one.column_name for one in self.get_export_fields())

    def import_row(self, row: Any, instance_loader: Any, **kwargs: Any) -> RowResult:
        """Register one person, or say why not; rows of people who are registered are left out."""
        result = self.get_row_result_class()()
        result.diff = [str(row.get(name) or "") for name in READ]
        try:
            made = self._register({key: str(value or "").strip() for key, value in row.items()})
        except (RegistrationError, ValidationError) as error:
            sentence = (
                " ".join(error.messages) if isinstance(error, ValidationError) else str(error)
            )
            result.import_type = RowResult.IMPORT_TYPE_INVALID
            result.validation_error = ValidationError(sentence)
        else:
            result.import_type = RowResult.IMPORT_TYPE_NEW
            result.add_instance_info(made)
        return result

    def _register(self, row: dict[str, str]) -> Registration:
        if not says_yes(row.get("consent")):
            raise ValidationError(_("Write “yes” under “consent” when the person has signed it."))
        edition = Edition.objects.filter(slug=row.get("edition", "")).first()
        if edition is None:
            raise ValidationError(_("There is no such edition. Write its address, such as 12."))
        category = ChoiceWidget(Category).clean(row.get("category"))
        if category not in Category:
            raise ValidationError(
                _("There is no such category. Write one of: %(codes)s.")
                % {"codes": ", ".join(Category.values)}
            )
        return actions.register(
            edition,
            person=self._person(row),
            category=category,
            organisation=self._organisation(row),
            languages=[one for one in ListWidget().clean(row.get("languages")) if one in Language],
            needs=[],
            needs_note="",
            job_title=row.get("job_title", "")[:150],
            consents=list(ConsentText.objects.current().filter(purpose=Purpose.PROCESSING)),
            now=timezone.now(),
            method=Consent.Method.DESK,
            by=self.by,
            outside_window=True,
        )

    def _person(self, row: dict[str, str]) -> User:
        person = User(
            email=row.get("email", "").lower(),
            **{n: row.get(n, "")[:100] for n in ("family_name", "given_name", "patronymic")},
        )
        person.phone = normalise_phone(row.get("phone", ""))
        if row.get("language") in Language:
            person.language = Language(row["language"])
        return find_or_add(person)

    def _organisation(self, row: dict[str, str]) -> Organisation | None:
        number = normalise_bin(row.get("organisation_bin", "").removesuffix(".0"))
        name = row.get("organisation", "")
        if number and (found := Organisation.objects.filter(bin=number).first()):
            return found
        matches = list(Organisation.objects.matching(name)[:2]) if name and not number else []
        if len(matches) == 1:
            return matches[0]
        if name or number:
            raise ValidationError(
                _("The list holds no such organisation, or several. Give its BIN, or add it first.")
            )
        return None
