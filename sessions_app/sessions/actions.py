"""What is done with a session besides changing its words."""

import datetime as dt

from django.utils.translation import gettext as _

from sessions_app.sessions.models import Session


class SessionError(ValueError):
    """It cannot be done; the text says why."""


def cancel(session: Session, *, now: dt.datetime) -> Session:
    """Cancel a session: it keeps its room and time, marked as cancelled, and keeps out nobody."""
    if not Session.objects.filter(pk=session.pk, cancelled_at=None).update(cancelled_at=now):
        raise SessionError(_("“%(session)s” is cancelled already.") % {"session": session})
    session.cancelled_at = now
    return session
