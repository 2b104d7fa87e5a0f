"""Tells who is who among the persons of a programme file."""

from collections import defaultdict

from django.utils.translation import gettext as _

from sessions_app.exchange.programme import Item, Part, Who
from sessions_app.exchange.raw import RawPerson
from sessions_app.exchange.texts import cut, one_line, safe_text


class Cast:
    """Collects the people. An id tells them apart; without one, a name does.

    A guid alone does not: hubs give one person several, a guid for each account or spelling.
    """

    def __init__(self) -> None:
        self.people: dict[str, Who] = {}
        self.by_guid: dict[str, str] = {}
        self.guids: dict[str, set[str]] = defaultdict(set)
        self.notes: list[str] = []

    def parts(self, persons: list[RawPerson], title: str) -> list[Part]:
        """Return who takes part in the session `title`, each once."""
        parts: dict[str, Part] = {}
        for person in persons:
            key = self._key(person)
            if not key:
                self.notes.append(
                    _("“%(title)s”: a person without a name was dropped.")
                    % {"title": cut(title, 80)}
                )
                continue
            parts.setdefault(key, Part(key, one_line(person.role).lower()))
        return list(parts.values())

    def settle(self, items: list[Item]) -> tuple[dict[str, Who], list[str]]:
        """Take who is known by name only for the one with that name and an id, if there is one."""
        known: dict[str, list[str]] = defaultdict(list)
        for key, who in self.people.items():
            if not key.startswith("name:"):
                known[who.name].append(key)
        same = {
            key: known[who.name][0]
            for key, who in self.people.items()
            if key.startswith("name:") and len(known[who.name]) == 1
        }
        for item in items:
            merged = {same.get(part.key, part.key): part for part in item.parts}
            item.parts = [Part(key, part.role) for key, part in merged.items()]
        used = {part.key for item in items for part in item.parts}
        people = {key: who for key, who in self.people.items() if key in used}
        return people, self.notes + self._namesakes(people)

    def _namesakes(self, people: dict[str, Who]) -> list[str]:
        return [
            _("%(name)s: several guids bear this name; they were taken for one person.")
            % {"name": who.name}
            for key, who in people.items()
            if len(self.guids[key]) > 1
        ]

    def _key(self, person: RawPerson) -> str:
        name = cut(one_line(person.name), 200)
        if not name:
            return ""
        if person.id or person.code:
            key = f"id:{person.id}" if person.id else f"code:{person.code}"
            key = key[:200]
        else:
            key = self.by_guid.setdefault(person.guid or name, f"name:{name}"[:200])
            if person.guid:
                self.guids[key].add(person.guid)
        who = self.people.setdefault(key, Who(key, name))
        who.biography = who.biography or safe_text(person.biography)
        who.position = who.position or cut(one_line(person.position), 300)
        return key
