"""A person's name as it can be printed, in the two scripts in which people are called here."""

from dataclasses import dataclass

from accounts.models import User
from forum.typesetting.glyphs import lost_letters, printable


@dataclass(frozen=True)
class Names:
    """A person's name in two scripts, as far as it can be printed."""

    first: str
    second: str
    is_whole: bool


def names_of(person: User) -> Names:
    """Return the name as in the profile, and in the Latin letters that the person typed.

    What no font of ours draws gives way to the other script. An e-mail is no name: who gave none
    has none here.
    """
    own = " ".join(filter(None, (person.family_name, person.given_name, person.patronymic)))
    lost = {typed: lost_letters(typed) for typed in (own, person.latin_name)}
    whole = [printable(typed) for typed in (own, person.latin_name) if not lost[typed]]
    shown = list(dict.fromkeys(filter(None, whole)))
    if not shown:
        shown = list(filter(None, map(printable, (person.latin_name, own))))[:1]
    return Names(
        first=shown[0] if shown else "",
        second=shown[1] if len(shown) > 1 else "",
        is_whole=bool(shown) and not any(lost.values()),
    )
