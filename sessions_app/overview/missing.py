"""What an edition still lacks: each a sentence, and where staff mend it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import (
    Count,
    Exists,
    IntegerField,
    Model,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
)
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from forum.models import Edition, Letter, Registration
from sessions_app.invitations.states import WITHOUT_ADDRESS
from sessions_app.models import Appearance, Placement, Release, Role, Session, Speaker
from sessions_app.timetable.draft import clashes_of, drafted, drafted_and_released
from sessions_app.warnings.incomplete import MODERATED
from sessions_app.warnings.models import Level, Rule
from sessions_app.warnings.reading import read_levels

# Counted by the database, since all findings would take more queries than a page may ask.
COUNTED = {
    "unplaced": Rule.NOT_PLACED,
    "without_moderator": Rule.NO_MODERATOR,
    "without_kazakh": Rule.NO_KAZAKH_TITLE,
    "without_russian": Rule.NO_RUSSIAN_TITLE,
    "unconfirmed": Rule.SPEAKER_UNCONFIRMED,
}
"""The counts that are of a rule's findings; where the rule is ignored, nothing is missing."""

REGISTRATIONS = {"awaiting": "awaiting"}
"""The counts of registrations, and the tab of the desk's list that shows them."""
SPEAKERS = {"declined": "declined", "without_address": "no_email"}
"""The counts of speakers, and the filter of the desk's list that shows them."""


@dataclass(frozen=True, slots=True)
class Lack:
    """One thing to mend, and where one does it; `staff`: that is in the admin."""

    sentence: str
    address: str
    staff: bool = True


def counts_of(edition: Edition) -> dict[str, Any]:
    """Count in one query what the desk shows of letters, sessions, speakers and releases."""
    letters = Letter.objects.filter(edition=OuterRef("pk"))
    unfinished = letters.unfinished()  # type: ignore[attr-defined]
    sessions = Session.objects.filter(edition=OuterRef("pk"), cancelled_at=None)
    speakers = Speaker.objects.filter(edition=OuterRef("pk"))
    leads = Appearance.objects.filter(session=OuterRef("pk"), role=Role.MODERATOR)
    placed = Placement.objects.filter(session=OuterRef("pk"))
    speaks = Appearance.objects.filter(speaker=OuterRef("pk"), session__cancelled_at=None)
    registrations = Registration.objects.awaiting().filter(edition=OuterRef("pk"))
    questions = {
        "letters_sent": letters.filter(sent_at__isnull=False),
        "letters_waiting": unfinished.filter(uncertain_at=None),
        "letters_uncertain": letters.uncertain(),  # type: ignore[attr-defined]
        "letters_failed": letters.filter(failed_at__isnull=False),
        "letters_missed": letters.filter(missed_at__isnull=False),
        "awaiting": registrations,
        "session_count": sessions,
        "unplaced": sessions.filter(~Exists(placed)),
        "without_kazakh": sessions.filter(Q(title_kk=None) | Q(title_kk="")),
        "without_russian": sessions.filter(Q(title_ru=None) | Q(title_ru="")),
        "without_moderator": sessions.filter(~Exists(leads), kind__in=MODERATED),
        "speaker_count": speakers,
        "unconfirmed": speakers.filter(Exists(speaks), confirmed_at=None),
        "declined": speakers.filter(Exists(speaks), declined_at__isnull=False),
        "without_address": speakers.filter(WITHOUT_ADDRESS),
    }
    releases = Release.objects.filter(edition=OuterRef("pk")).order_by("-number")
    asked: dict[str, Any] = {name: _count(rows) for name, rows in questions.items()}
    asked |= {
        "release_id": Subquery(releases.values("pk")[:1]),
        "release_number": Subquery(releases.values("number")[:1]),
    }
    return dict(Edition.objects.filter(pk=edition.pk).values(**asked).get())


def lacks_of(edition: Edition, counts: dict[str, Any]) -> Iterator[Lack]:
    """Say what is missing, the most pressing first."""
    newest = counts["release_id"]
    draft, public = (
        drafted_and_released(edition, newest=newest)
        if newest
        else (drafted(edition, newest=None), {})
    )
    publishing = reverse("desk_release", kwargs={"edition": edition.slug})
    warnings = reverse("desk_warnings", kwargs={"edition": edition.slug})
    speakers = reverse("desk_speakers", kwargs={"edition": edition.slug})
    registrations = reverse("desk_registrations", kwargs={"edition": edition.slug})
    if clashes := clashes_of(draft).count:
        yield Lack(
            ngettext(
                "The draft holds %(count)s clash and cannot be published until it is solved.",
                "The draft holds %(count)s clashes and cannot be published until they are solved.",
                clashes,
            )
            % {"count": clashes},
            warnings,
            staff=False,
        )
    if newest is None:
        yield Lack(_("The programme is not published yet."), publishing, staff=False)
    elif draft != public:
        yield Lack(
            _("The draft differs from release %(number)s, which the public reads.")
            % {"number": counts["release_number"]},
            publishing,
            staff=False,
        )
    yield from _edition_lacks(edition)
    levels = read_levels(edition)
    for name, sentence in _sentences(counts):
        if rule := COUNTED.get(name):
            if levels[rule] != Level.IGNORED:
                yield Lack(sentence, f"{warnings}?rule={rule}", staff=False)
        elif tab := REGISTRATIONS.get(name):
            yield Lack(sentence, f"{registrations}?status={tab}", staff=False)
        elif filter_named := SPEAKERS.get(name):
            yield Lack(sentence, f"{speakers}?show={filter_named}", staff=False)
        else:
            yield Lack(sentence, _list_of(Letter, edition))


def _edition_lacks(edition: Edition) -> Iterator[Lack]:
    page = reverse("admin:forum_edition_change", args=[edition.pk])
    if not edition.published_at:
        yield Lack(_("The edition is not published: only its organisers see it."), page)
    if not edition.registration_opens_at:
        yield Lack(_("Nobody can register: the opening of registration is not set."), page)
    if edition.capacity is None:
        yield Lack(_("The number of places is not set: as many as come are confirmed."), page)


def _sentences(counts: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Pair each count above 0 with its sentence."""
    told = {
        "awaiting": ngettext(
            "%(count)s registration awaits approval.",
            "%(count)s registrations await approval.",
            counts["awaiting"],
        ),
        "letters_failed": ngettext(
            "%(count)s letter was refused.",
            "%(count)s letters were refused.",
            counts["letters_failed"],
        ),
        "letters_uncertain": ngettext(
            "%(count)s letter may or may not have arrived.",
            "%(count)s letters may or may not have arrived.",
            counts["letters_uncertain"],
        ),
        "unplaced": ngettext(
            "%(count)s session has no room and time.",
            "%(count)s sessions have no room and time.",
            counts["unplaced"],
        ),
        "without_moderator": ngettext(
            "%(count)s session has no moderator.",
            "%(count)s sessions have no moderator.",
            counts["without_moderator"],
        ),
        "without_kazakh": ngettext(
            "%(count)s session has no Kazakh title.",
            "%(count)s sessions have no Kazakh title.",
            counts["without_kazakh"],
        ),
        "without_russian": ngettext(
            "%(count)s session has no Russian title.",
            "%(count)s sessions have no Russian title.",
            counts["without_russian"],
        ),
        "unconfirmed": ngettext(
            "%(count)s speaker has not confirmed.",
            "%(count)s speakers have not confirmed.",
            counts["unconfirmed"],
        ),
        "declined": ngettext(
            "%(count)s speaker has declined and still stands in the programme.",
            "%(count)s speakers have declined and still stand in the programme.",
            counts["declined"],
        ),
        "without_address": ngettext(
            "%(count)s speaker has no e-mail and gets no reminders.",
            "%(count)s speakers have no e-mail and get no reminders.",
            counts["without_address"],
        ),
    }
    for name, sentence in told.items():
        if counts[name]:
            yield name, sentence % {"count": counts[name]}


def _list_of(model: type[Model], edition: Edition) -> str:
    names = model._meta
    address = reverse(f"admin:{names.app_label}_{names.model_name}_changelist")
    return f"{address}?edition__id__exact={edition.pk}"


def _count(rows: QuerySet[Any]) -> Coalesce:
    """Make a subquery that counts an edition's `rows`."""
    counted = rows.order_by().values("edition").annotate(count=Count("pk")).values("count")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)
