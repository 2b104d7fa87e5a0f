"""When organisations are merged, an e-mail that both invited is invited once."""

import datetime as dt

from django.db.models.functions import Lower

from accounts.models import Organisation, User
from forum.delegations import emails
from forum.delegations.models import DelegateInvitation


def end_doubles(
    *, keep: Organisation, gone: Organisation, by: User, now: dt.datetime, **_signal: object
) -> None:
    """Of two open invitations to one e-mail end the later one: its link would lead to the same."""
    both = DelegateInvitation.objects.open().filter(organisation__in=[keep, gone])
    rows = both.select_for_update().annotate(address=Lower("email")).order_by("invited_at", "pk")
    known: set[tuple[int, str]] = set()
    for one in rows:
        key = (one.edition_id, one.address)
        if key in known:
            one.ended_at, one.ended_by = now, by
            one.save(update_fields=["ended_at", "ended_by"])
            emails.take_back_invitation(one, now=now)
        known.add(key)
