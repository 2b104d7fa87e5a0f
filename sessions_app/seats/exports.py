"""The people of a session as a table, for who stands at its door."""

from django.utils.translation import gettext_lazy, pgettext_lazy
from import_export import fields

from accounts.transfers import ChoiceWidget, GuardedResource
from forum.quotas.models import Category
from sessions_app.seats.models import Seat, SeatStatus

HEADINGS = {
    "code": gettext_lazy("Number"),
    "family_name": gettext_lazy("Family name"),
    "given_name": gettext_lazy("Given name"),
    "patronymic": gettext_lazy("Patronymic"),
    "organisation": gettext_lazy("Organisation"),
    "category": gettext_lazy("Category"),
    "status": pgettext_lazy("column", "Seat"),
    "taken_at": pgettext_lazy("column", "Seat taken"),
    "waiting_since": pgettext_lazy("column", "Waits since"),
}


class SeatResource(GuardedResource):
    """One row a seat, or a place on the waiting list; it is only written."""

    headings = HEADINGS
    code = fields.Field("registration__code", "code", readonly=True)
    family_name = fields.Field("registration__person__family_name", "family_name", readonly=True)
    given_name = fields.Field("registration__person__given_name", "given_name", readonly=True)
    patronymic = fields.Field("registration__person__patronymic", "patronymic", readonly=True)
    organisation = fields.Field("registration__organisation__name", "organisation", readonly=True)
    category = fields.Field(
        "registration__category", "category", readonly=True, widget=ChoiceWidget(Category)
    )
    status = fields.Field("status", "status", readonly=True, widget=ChoiceWidget(SeatStatus))

    class Meta:
        model = Seat
        fields = tuple(HEADINGS)
        export_order = tuple(HEADINGS)
