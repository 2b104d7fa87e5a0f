"""Opens the pages of a delegation to the organisation's contacts, and to nobody else."""

import functools
from collections.abc import Callable

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from django.views.decorators.cache import never_cache

from accounts.users.access import signed_in
from forum.delegations.access import get_delegation

DelegationView = Callable[..., HttpResponseBase]
"""A view `(request, delegation: Delegation, …)`; what else the address has follows by name."""


def as_contact(view: DelegationView) -> DelegationView:
    """Give a view the delegation that its address names; a 404 to who does not speak for it."""

    @never_cache
    @login_required
    @functools.wraps(view)
    def answer(request: HttpRequest, edition: str, code: str, **more: str) -> HttpResponseBase:
        delegation = get_delegation(edition, code, person=signed_in(request))
        with timezone.override(delegation.edition.zone):
            return view(request, delegation, **more)

    return answer
