"""The changes of the programme as an Atom feed: an entry for each release, its id for ever."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import HttpRequest
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from forum.editions.models import Edition
from forum.templatetags.content import wording_of
from sessions_app.releases.access import latest_changes
from sessions_app.releases.changes import Change
from sessions_app.releases.sentences import Names, names_for, tell
from sessions_app.timetable.marks import host
from sessions_app.timetable.models import Release

MOST_ENTRIES = 15
MOST_SENTENCES = 60
"""Of an entry; who wants more of a rebuilt programme follows the link."""


class Entry:
    """One release and what it changed, in words."""

    def __init__(self, edition: Edition, release: Release, sentences: list[str]) -> None:
        self.edition, self.release, self.sentences = edition, release, sentences

    @property
    def address(self) -> str:
        """The page of the changes, in the feed's language."""
        return _whole(reverse("release_changes", args=[self.edition.slug, self.release.number]))


class ChangesFeed(Feed):
    """Every address in it is whole and the site's own, whatever host it was asked by."""

    feed_type = Atom1Feed

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Edition:
        return kwargs["edition"]

    def title(self, edition: Edition) -> str:
        return _("Changes of the programme: %(edition)s") % {"edition": edition.name}

    def link(self, edition: Edition) -> str:
        return _whole(reverse("releases", args=[edition.slug]))

    def feed_url(self, edition: Edition) -> str:
        return _whole(reverse("changes_feed", args=[edition.slug]))

    def feed_guid(self, edition: Edition) -> str:
        return _tag(edition, "changes")

    def items(self, edition: Edition) -> list[Entry]:
        found = latest_changes(edition, most=MOST_ENTRIES)
        names = names_for(edition, [change for _release, changes in found for change in changes])
        return [
            Entry(edition, release, _sentences(changes, names, is_first=release.number == 1))
            for release, changes in found
        ]

    def item_title(self, entry: Entry) -> str:
        return _("Release %(number)s of the programme") % {"number": entry.release.number}

    def item_description(self, entry: Entry) -> str:
        note = wording_of(entry.release, "note").text
        said = format_html("<p>{}</p>", note) if note else ""
        listed = format_html_join("", "<li>{}</li>", ((one,) for one in entry.sentences))
        return format_html("{}<ul>{}</ul>", said, listed)

    def item_link(self, entry: Entry) -> str:
        return entry.address

    def item_guid(self, entry: Entry) -> str:
        return _tag(entry.edition, f"release/{entry.release.number}")

    def item_pubdate(self, entry: Entry) -> dt.datetime:
        return entry.release.published_at

    def item_updateddate(self, entry: Entry) -> dt.datetime:
        return entry.release.published_at


def _sentences(changes: list[Change], names: Names, *, is_first: bool) -> list[str]:
    if is_first:
        return [_("The programme is published.")]
    told = [sentence for change in changes for sentence in tell(change, names).sentences]
    more = len(told) - MOST_SENTENCES
    if more > 0:
        said = ngettext("And %(number)s more change.", "And %(number)s more changes.", more)
        return [*told[:MOST_SENTENCES], said % {"number": more}]
    return told or [_("Nothing changed that one could see.")]


def _whole(path: str) -> str:
    return settings.BASE_URL + path


def _tag(edition: Edition, path: str) -> str:
    """Make an id (RFC 4151) that no change of address or language alters."""
    return f"tag:{host()},{edition.year}:{edition.slug}/{path}"
