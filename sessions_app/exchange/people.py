"""Tells who is who among the persons of a programme file."""

from collections import defaultdict
from collections.abc import Iterable

from django.utils.translation import gettext as _

from sessions_app.exchange.programme import Item, Part, Who
from sessions_app.exchange.raw import RawPerson
from sessions_app.exchange.texts import cut, one_line, safe_text

NO_IDS = {"0", "-1", "None", "null"}
"""Tools that know no ids write one of these for everybody; where one has it alone, it is an id."""
_RANKS = {"id": 0, "code": 1, "name": 2, "guid": 3}
"""A person's marks, the best one first: the best is the key by which they are found again."""


class Cast:
    """Collects the people. An id or a code tells them apart; without one, a name does.

    A guid alone does not: hubs give one person several, a guid for each account or spelling.
    Whatever marks stand on one person of the file belong together wherever they stand apart.
    """

    def __init__(self, persons: Iterable[RawPerson]) -> None:
        names: dict[str, set[str]] = defaultdict(set)
        for person in persons:
            if person.id in NO_IDS:
                names[person.id].add(person.name)
        self.no_ids = {"", *(id for id, bearers in names.items() if len(bearers) > 1)}
        self.people: dict[str, Who] = {}
        self.joined: dict[str, str] = {}
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
        """Join those of one name of whom the file tells no two apart, and give each one key."""
        self._join_namesakes(items)
        keys = {
            min(marks, key=lambda mark: _RANKS[_kind(mark)]): marks
            for marks in self._groups().values()
        }
        key_of = {mark: key for key, marks in keys.items() for mark in marks}
        people: dict[str, Who] = {}
        for item in items:
            parts: dict[str, Part] = {}
            for part in item.parts:
                key = key_of[part.key]
                parts.setdefault(key, Part(key, part.role))
                people.setdefault(key, self._whole(key, keys[key]))
            item.parts = list(parts.values())
        return people, self.notes + _namesakes(people, keys)

    def _key(self, person: RawPerson) -> str:
        name = cut(one_line(person.name), 200)
        if not name:
            return ""
        marks = [
            f"{kind}:{value}"[:200]
            for kind, value in (("id", person.id), ("code", person.code), ("guid", person.guid))
            if value not in self.no_ids
        ]
        if not marks or _kind(marks[0]) == "guid":
            marks.append(f"name:{name}"[:200])
        for mark in marks:
            who = self.people.setdefault(mark, Who(mark, name))
            who.biography = who.biography or safe_text(person.biography)
            who.position = who.position or cut(one_line(person.position), 300)
            self._join(marks[0], mark)
        return marks[0]

    def _find(self, mark: str) -> str:
        while (above := self.joined.get(mark, mark)) != mark:
            self.joined[mark] = self.joined.get(above, above)
            mark = above
        return mark

    def _join(self, one: str, other: str) -> None:
        """Take two marks for one person's, unless each has an id of its own already."""
        first, second = self._find(one), self._find(other)
        # The root of a group is its id, if it has one.
        if first == second or _kind(first) == _kind(second) == "id":
            return
        if _RANKS[_kind(second)] < _RANKS[_kind(first)]:
            first, second = second, first
        self.joined[second] = first

    def _groups(self) -> dict[str, list[str]]:
        groups: dict[str, list[str]] = defaultdict(list)
        for mark in self.people:
            groups[self._find(mark)].append(mark)
        return groups

    def _join_namesakes(self, items: list[Item]) -> None:
        """Join who is known here by an id, there by a code, elsewhere by name only."""
        together = {frozenset(map(self._find, (part.key for part in item.parts))) for item in items}
        named: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        for root, marks in self._groups().items():
            kinds = {_kind(mark) for mark in marks} & {"id", "code"}
            named[self.people[root].name]["+".join(sorted(kinds)) or "name"].append(root)
        for found in named.values():
            ids, codes = found["id"], found["code"]
            one_of_each = len(ids) == len(codes) == 1 and not found["code+id"]
            if one_of_each and not any({*ids, *codes} <= roots for roots in together):
                self._join(ids[0], codes[0])
            known = {self._find(root) for kind in ("id", "code", "code+id") for root in found[kind]}
            if len(known) == 1:
                for root in found["name"]:
                    self._join(next(iter(known)), root)

    def _whole(self, key: str, marks: list[str]) -> Who:
        """Put together what the file says of a person under all their marks."""
        told = [self.people[key], *(self.people[mark] for mark in marks)]
        return Who(
            key,
            told[0].name,
            next((who.biography for who in told if who.biography), ""),
            next((who.position for who in told if who.position), ""),
        )


def _kind(mark: str) -> str:
    return mark.partition(":")[0]


def _namesakes(people: dict[str, Who], keys: dict[str, list[str]]) -> list[str]:
    return [
        _("%(name)s: several guids bear this name; they were taken for one person.")
        % {"name": who.name}
        for key, who in people.items()
        if _kind(key) == "name" and sum(_kind(mark) == "guid" for mark in keys[key]) > 1
    ]
