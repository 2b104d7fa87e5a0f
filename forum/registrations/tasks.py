"""What beat asks every minute."""

import logging

from celery import shared_task
from django.utils import timezone

from forum.editions.models import Edition
from forum.mailing.planning import carry_out
from forum.registrations.errors import Busy
from forum.registrations.models import Registration
from forum.registrations.offers import lapse_offers
from forum.registrations.planners import organiser_summaries, places_given, places_kept

logger = logging.getLogger(__name__)


@shared_task
def plan_letters() -> int:
    """Write the letters about places, and the summaries, that are due."""
    rules = [places_given, places_kept, organiser_summaries]
    return carry_out(rules, now=timezone.now())


@shared_task
def pass_on_offers() -> int:
    """End the offers that nobody accepted in time; return in how many editions."""
    now = timezone.now()
    late = Registration.objects.offered().filter(offer_until__lte=now)
    editions = Edition.objects.filter(pk__in=late.values("edition")).order_by("pk")
    for edition in editions:
        try:
            lapse_offers(edition, now=now)
        except Busy:
            logger.warning("The offers of %s wait for the next minute: it is busy.", edition.slug)
    return len(editions)
