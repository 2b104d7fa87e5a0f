"""Names and titles that would be markup, a header, or a line of a calendar: they stay words."""

import email
import email.policy
import re

import pytest
from django.utils import timezone
from django.utils.translation import override
from icalendar import Calendar

from accounts.models import Organisation, User
from forum.mailing.emails import to_message
from forum.models import Edition
from sessions_app.gallery.examples import examples
from sessions_app.gallery.scene import Scene
from sessions_app.sessions.models import Session
from sessions_app.speakers.models import Speaker

pytestmark = pytest.mark.django_db
BAD = '<script>alert("1")</script>\r\nBcc: p66@example.org\r\nBEGIN:VEVENT\u2028{{ x }} %(y)s'


def spoil(scene: Scene) -> None:
    """Put BAD where people and organisers write."""
    with override(scene.language):
        for person in (scene.delegate, scene.colleague, scene.organiser):
            person.given_name = person.family_name = BAD
        scene.organisation.name = BAD
        scene.edition.name = scene.edition.venue = scene.edition.organisers = BAD
        scene.speaker.given_name = scene.speaker.family_name = BAD
        names = {"given_name": BAD, "family_name": BAD}
        User.objects.filter(email__endswith="@letters.example.org").update(**names)
        Organisation.objects.filter(pk=scene.organisation.pk).update(name=BAD)
        Edition.objects.filter(pk=scene.edition.pk).update(name=BAD, venue=BAD, organisers=BAD)
        Session.objects.filter(edition=scene.edition).update(title=BAD)
        Speaker.objects.filter(edition=scene.edition).update(**names)


def test_no_letter_carries_what_a_name_smuggles_in() -> None:
    shown = list(examples(now=timezone.now(), languages=["en"], changed=spoil))
    in_sight = 0
    for one in shown:
        letter = one.letter
        letter.edition = letter.recipient = None  # They are taken back by now.
        letter.to_address = letter.to_address or "p1@example.org"
        message = email.message_from_bytes(
            to_message(letter, now=timezone.now()).message().as_bytes(),
            policy=email.policy.default,
        )
        assert {"bcc", "cc"} & {name.lower() for name in message} == set(), one.name
        assert len(message.get_all("To") or []) == 1
        assert "\n" not in str(message["Subject"])
        assert not re.search(r"<script", letter.html, re.I), one.name
        in_sight += "&lt;script&gt;" in letter.html
        for part in filter(None, re.split(r"(?=^BEGIN:VCALENDAR)", letter.calendar, flags=re.M)):
            (calendar,) = Calendar.from_ical(part, multiple=True)
            assert not re.search(r"^Bcc:", part, re.M)
            assert all(str(event["uid"]) for event in calendar.walk("VEVENT"))
    # Or the names were not in them at all.
    assert in_sight == len(shown)
