"""Fits an edition that is there already to the programme that comes into it."""

import datetime as dt

from django.utils.translation import gettext as _

from forum.editions.models import Edition
from sessions_app.exchange.programme import Programme
from sessions_app.exchange.report import ImportRefused, Report
from sessions_app.sessions.models import Session


def fit_edition(edition: Edition, programme: Programme, report: Report) -> None:
    """Let the edition's days hold the file's, and begin when the file's begin.

    The edition keeps its time zone, in which people read it. Raises ImportRefused where the file
    is of another time: it is another edition's.
    """
    if edition.time_zone != programme.zone:
        report.notes.append(
            _("The file's times are those of %(zone)s; the programme shows them in %(ours)s.")
            % {"zone": programme.zone, "ours": edition.time_zone}
        )
    elif edition.day_starts_at == dt.time(0, 0) != programme.day_starts_at:
        edition.day_starts_at = programme.day_starts_at
        report.notes.append(
            _(
                "The edition's days now begin at %(time)s; what starts earlier belongs to the"
                " day before."
            )
            % {"time": f"{programme.day_starts_at:%H:%M}"}
        )
    _fit_days(edition, programme, report)
    edition.save(update_fields=["starts_on", "ends_on", "day_starts_at"])


def _fit_days(edition: Edition, programme: Programme, report: Report) -> None:
    days = [edition.day_of(item.starts_at) for item in programme.items if item.starts_at]
    if edition.time_zone == programme.zone:
        days += [programme.first_day, programme.last_day]
    first, last = min(days, default=programme.first_day), max(days, default=programme.last_day)
    if first <= edition.ends_on and edition.starts_on <= last:
        wanted = (min(first, edition.starts_on), max(last, edition.ends_on))
    elif not Session.objects.filter(edition=edition).exists():
        wanted = (first, last)
    else:
        raise ImportRefused(
            _(
                "The file's programme runs from %(first)s to %(last)s, but this edition is held"
                " from %(starts_on)s to %(ends_on)s and has a programme. Choose another edition."
            )
            % {
                "first": first.isoformat(),
                "last": last.isoformat(),
                "starts_on": edition.starts_on.isoformat(),
                "ends_on": edition.ends_on.isoformat(),
            }
        )
    if wanted != (edition.starts_on, edition.ends_on):
        report.notes.append(
            _(
                "The edition was held from %(starts_on)s to %(ends_on)s; so that it holds the"
                " file's days, it is now held from %(first)s to %(last)s."
            )
            % {
                "starts_on": edition.starts_on.isoformat(),
                "ends_on": edition.ends_on.isoformat(),
                "first": wanted[0].isoformat(),
                "last": wanted[1].isoformat(),
            }
        )
        edition.starts_on, edition.ends_on = wanted
