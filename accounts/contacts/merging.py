"""When organisations are merged, a person who speaks for both speaks for the kept one once."""

import datetime as dt

from django.utils import translation
from django.utils.translation import gettext as _

from accounts.contacts.models import Contact
from accounts.organisations.models import Organisation
from accounts.users.models import User


def end_doubles(
    *, keep: Organisation, gone: Organisation, by: User, now: dt.datetime, **_signal: object
) -> None:
    """Of each person's two live contacts end one: the one that still waits, if either is confirmed.

    Nobody is written to: they speak for the organisation, or ask to, as before.
    """
    live = Contact.objects.live().filter(organisation__in=[keep, gone]).select_related("person")
    first: dict[int, Contact] = {}
    for contact in live.order_by("asked_at", "pk"):
        other = first.setdefault(contact.person_id, contact)
        if other == contact:
            continue
        stays = contact if contact.confirmed_at and not other.confirmed_at else other
        ends = other if stays == contact else contact
        first[contact.person_id] = stays
        ends.ended_at, ends.ended_by = now, by
        with translation.override(contact.person.language):
            ends.end_reason = _("The organisation stood in the list twice; you stay its contact.")
        ends.save(update_fields=["ended_at", "ended_by", "end_reason"])
