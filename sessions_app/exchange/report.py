"""What an import did, for the one who asked for it."""

from dataclasses import dataclass, field

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sessions_app.exchange.programme import Programme
from sessions_app.exchange.texts import cut


class ImportRefused(ValueError):
    """The programme cannot be imported; the text says why and what to do."""


MOST_NAMED = 100
"""So many new sessions, and so many changed ones, are named; the others are counted."""


@dataclass
class Report:
    """Counts of sessions, and a sentence for whatever was changed, dropped or doubtful."""

    edition: str
    sessions: int
    rooms: int
    speakers: int
    days: int
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    dropped: int = 0
    taken_out: int = 0
    release: int | None = None
    hidden: bool = False
    dry_run: bool = False
    notes: list[str] = field(default_factory=list)
    added: list[str] = field(default_factory=list)
    changes: list[tuple[str, list[str]]] = field(default_factory=list)

    @classmethod
    def of(cls, programme: Programme, *, edition: str, found: int) -> "Report":
        """Begin the report of a programme; `found` is how many sessions the file has."""
        return cls(
            edition=edition,
            sessions=len(programme.items),
            rooms=len({item.room for item in programme.items if item.room}),
            speakers=len(programme.people),
            days=(programme.last_day - programme.first_day).days + 1,
            dropped=found - len(programme.items),
            notes=list(programme.notes),
        )

    def lines(self) -> list[str]:
        """Write the report as lines; the last one counts what is new and changed."""
        told = [
            _("In the file: %(counts)s.") % {"counts": ", ".join(self._found())},
            *self.notes,
            *_first([_("New: “%(title)s”.") % {"title": cut(t, 80)} for t in self.added]),
            *_first(
                [
                    _("Changed: “%(title)s” (%(what)s).")
                    % {"title": cut(title, 80), "what": ", ".join(what)}
                    for title, what in self.changes
                ]
            ),
        ]
        if self.dry_run:
            told.append(_("This was a trial: nothing was written."))
        elif self.release:
            told.append(
                _("The programme is published as release %(number)d.") % {"number": self.release}
            )
        else:
            told.append(
                _("The programme stands in the draft. Publish it at the desk: %(page)s")
                % {"page": _page("desk_release", self.edition)}
            )
        if self.hidden and not self.dry_run:
            told.append(
                _(
                    "The edition is not published: only its organisers see it. Publish it in the"
                    " admin: %(page)s"
                )
                % {"page": _page("admin:forum_edition_changelist")}
            )
        return [*told, self.counts()]

    def _found(self) -> list[str]:
        """Count what is in the file, each in words."""
        counted = (
            (ngettext("%(number)s session", "%(number)s sessions", self.sessions), self.sessions),
            (ngettext("%(number)s room", "%(number)s rooms", self.rooms), self.rooms),
            (ngettext("%(number)s speaker", "%(number)s speakers", self.speakers), self.speakers),
            (ngettext("%(number)s day", "%(number)s days", self.days), self.days),
        )
        return [words % {"number": number} for words, number in counted]

    def counts(self) -> str:
        """Count in one line."""
        return _(
            "%(unchanged)d unchanged, %(dropped)d dropped, %(taken_out)d taken out,"
            " %(new)d new, %(changed)d changed"
        ) % {
            "unchanged": self.unchanged,
            "dropped": self.dropped,
            "taken_out": self.taken_out,
            "new": self.new,
            "changed": self.changed,
        }


def _page(name: str, *args: str) -> str:
    return f"{settings.BASE_URL}{reverse(name, args=args)}"


def _first(sentences: list[str]) -> list[str]:
    more = len(sentences) - MOST_NAMED
    if more <= 0:
        return sentences
    return [*sentences[:MOST_NAMED], _("And %(count)d more.") % {"count": more}]
