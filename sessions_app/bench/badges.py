"""How long badges take: all of an edition's by a worker, and one at the desk."""

import multiprocessing
import time
from typing import Any

from django.utils import timezone

from accounts.models import User
from forum.badges import actions
from forum.badges.models import BadgeBatch, Layout, Wanted
from forum.badges.printing import print_badges
from forum.badges.wanted import badge_holders
from forum.editions.models import Edition
from sessions_app.bench.alone import make_alone
from sessions_app.scale.delegates import add_delegates, add_organisations

BODIES, HOLDERS = 500, 18_000
SLUG = "badges"
NAMES = (
    ("Нұрғазиева-Байтұрсынова", "Гүлжазира", "Бейбітшілікқызы", "Gulzhazira Sample"),
    ("Қатысушы", "Үлгі", "", ""),
    ("Образец", "Участников", "Примерович", "Sample Participant"),
)
"""Long and short ones, by turns: a name that has to shrink takes longest."""


def measure_badges() -> dict[str, Any]:
    """Fill an edition, make the badges of all in a process of its own, then one here."""
    now = timezone.now()
    edition = Edition.objects.create(
        slug=SLUG,
        year=now.year,
        name_kk="Қазақстанның Азаматтық форумы",
        starts_on=now.date(),
        ends_on=now.date(),
    )
    add_delegates(edition, add_organisations(BODIES), count=HOLDERS, now=now)
    _name_people(edition)
    by = User.objects.create_user("bench-badges@example.org", given_name="Үлгі")
    batch = actions.ask(
        edition, wanted=Wanted.ALL, category="", region=None, layout=Layout.A4, by=by, now=now
    )
    with multiprocessing.Pool(1) as pool:
        seconds, megabytes = pool.apply(make_alone, [batch.code])
    made = BadgeBatch.objects.get(pk=batch.pk)
    return {
        "badges": made.done,
        "seconds": seconds,
        "mb": megabytes,
        "one_seconds": _one(edition),
    }


def _name_people(edition: Edition) -> None:
    people = list(User.objects.filter(registrations__edition=edition).order_by("pk"))
    for number, person in enumerate(people):
        family, given, patronymic, latin = NAMES[number % len(NAMES)]
        person.family_name, person.given_name = f"{family}-{number:05}", given
        person.patronymic, person.latin_name = patronymic, latin and f"{latin} {number:05}"
    fields = ["family_name", "given_name", "patronymic", "latin_name"]
    User.objects.bulk_update(people, fields, batch_size=3000)


def _one(edition: Edition) -> float:
    """Return the seconds of one badge in a process that has printed none yet."""
    begun = time.perf_counter()
    holder = badge_holders(edition).select_related("person", "organisation")[:1]
    print_badges(edition, holder, layout=Layout.A6, at=timezone.now())
    return time.perf_counter() - begun
