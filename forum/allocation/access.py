"""Whose places an organiser may change: those of the own edition, or a 404."""

from django.http import Http404
from django.utils.translation import gettext as _

from accounts.models import Organisation
from forum.editions.models import Edition


def get_exception(edition: Edition, organisation: str) -> Organisation:
    """Return the organisation of that id, which has places of its own in `edition`."""
    known = Organisation.objects.filter(quotas__edition=edition, quotas__own_places=True)
    is_id = organisation.isascii() and organisation.isdecimal()
    found = known.filter(pk=int(organisation[:18])).first() if is_id else None
    if found is None:
        raise Http404(_("This organisation has no exception any more."))
    return found
