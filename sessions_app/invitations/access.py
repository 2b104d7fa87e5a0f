"""Who may open what: a speaker by their secret, organisers at the desk; everybody else, a 404."""

import secrets

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from accounts.users.models import User
from forum.editions.models import Edition
from sessions_app.invitations.states import FILTERS
from sessions_app.sessions.models import Appearance, Material, Session
from sessions_app.speakers.models import Speaker
from sessions_app.timetable.models import Release, Slot, SlotSpeaker


def get_speaker_by_secret(edition: str, code: str, secret: str) -> Speaker:
    """Return whose personal address it is; whichever part of it is wrong, the answer is one."""
    found = Speaker.objects.filter(edition__slug=edition, code=code)
    speaker = found.select_related("edition", "person").first()
    known = speaker.link_secret if speaker else ""
    if speaker is None or not secrets.compare_digest(known.encode(), secret.encode()):
        raise Http404(
            _("This link does not lead anywhere. Open the one in the newest letter to you.")
        )
    return speaker


def get_speaker_at_desk(edition: Edition, code: str) -> Speaker:
    """Return a speaker of an edition that one organises."""
    speaker = Speaker.objects.filter(edition=edition, code=code).select_related("person").first()
    if speaker is None:
        raise Http404(_("There is no such speaker."))
    speaker.edition = edition
    return speaker


def speakers_at_desk(edition: Edition, *, typed: str, chosen: str) -> QuerySet[Speaker]:
    """Return the edition's speakers by the Kazakh alphabet: those that match and pass a filter."""
    found = Speaker.objects.matching(typed).filter(edition=edition).select_related("person")
    if chosen in FILTERS:
        found = found.filter(FILTERS[chosen][1])
    return found.order_by("sort_key", "pk")


def get_own_session(speaker: Speaker, code: str) -> Session:
    """Return a session in which the speaker appears and which is not cancelled."""
    appears = Appearance.objects.filter(session=OuterRef("pk"), speaker=speaker)
    sessions = Session.objects.filter(Exists(appears), edition=speaker.edition_id, code=code)
    session = sessions.filter(cancelled_at=None).first()
    if session is None:
        raise Http404(_("This speaker has no such session."))
    return session


def materials_of(speaker: Speaker) -> QuerySet[Material]:
    """Return what the speaker uploaded, session by session."""
    return Material.objects.filter(uploaded_by=speaker).select_related("session")


def get_own_material(speaker: Speaker, code: str) -> Material:
    """Return a file that the speaker uploaded."""
    material = materials_of(speaker).filter(code=code).first()
    if material is None:
        raise Http404(_("There is no such file."))
    return material


def get_material(edition: str, code: str, *, person: User | AnonymousUser) -> Material:
    """Return a file that is published with its session; to organisers, any of their edition."""
    found = Material.objects.filter(session__edition__slug=edition, code=code)
    material = found.select_related("session").first()
    if material is not None and (_is_public(material) or _organises(material, person)):
        return material
    raise Http404(_("There is no such file."))


def get_photo(edition: str, code: str, version: str) -> Speaker:
    """Return a speaker whom the newest release names, if that is their photo."""
    speakers = Speaker.objects.filter(
        Exists(_shown(SlotSpeaker.objects.filter(speaker=OuterRef("pk")))),
        edition__slug=edition,
        edition__published_at__isnull=False,
        code=code,
    )
    speaker = speakers.first()
    if speaker is None or not version or speaker.photo_version != version:
        raise Http404(_("There is no such photo."))
    return speaker


def answered_by(speaker: Speaker) -> User | None:
    """Return who answered on the speaker's behalf; nobody, where they did so themselves."""
    events = Speaker.pgh_event_model.objects.filter(  # type: ignore[attr-defined]
        pgh_obj_id=speaker.pk,
        confirmed_at=speaker.confirmed_at,
        declined_at=speaker.declined_at,
    )
    event = events.select_related("pgh_context").order_by("pgh_id").first()
    who = event.pgh_context.metadata.get("user") if event and event.pgh_context else None
    return User.objects.filter(pk=who).first() if who else None


def _is_public(material: Material) -> bool:
    if material.published_at is None:
        return False
    slots = Slot.objects.filter(session=material.session_id)
    return _shown(slots).filter(release__edition__published_at__isnull=False).exists()


def _shown(rows: QuerySet) -> QuerySet:
    """Keep those rows of releases that the public reads now."""
    return rows.filter(release__in=Release.objects.newest())


def _organises(material: Material, person: User | AnonymousUser) -> bool:
    if not isinstance(person, User):
        return False
    editions = Edition.objects.run_by(person)
    return editions.filter(pk=material.session.edition_id).exists()
