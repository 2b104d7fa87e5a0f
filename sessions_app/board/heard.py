"""What a reader has heard of the warnings, so that an answer tells only what came and what went.

Hundreds of sentences would weigh half a megabyte with every move. Which ones belong to a version is
kept in the cache; where it has forgotten, all are told.
"""

import hashlib
from typing import Any

from django.core.cache import cache
from django.utils.translation import get_language

from forum.editions.models import Edition
from sessions_app.board.marks import Mark
from sessions_app.warnings.access import Finding

SECONDS = 30 * 60
_SIZE = 8


def name_of(finding: Finding) -> str:
    """Name a finding by all that is shown of it."""
    told = f"{finding.key}\0{finding.level}\0{finding.sentence}"
    return hashlib.blake2b(told.encode(), digest_size=_SIZE).hexdigest()


def keep(edition: Edition, mark: Mark, findings: list[Finding]) -> None:
    """Remember what is wrong with the draft as it is at `mark`."""
    names = b"".join(bytes.fromhex(name_of(finding)) for finding in findings)
    cache.set(_key(edition, mark), names, SECONDS)


def changed(
    edition: Edition, findings: list[Finding], *, heard: Mark
) -> tuple[list[Finding], list[str] | None]:
    """Return what is new to who knows the draft at `heard`, and the names of what is gone.

    Everything is new, and None gone, where that is not remembered.
    """
    names: Any = cache.get(_key(edition, heard))
    if not isinstance(names, bytes):
        return findings, None
    known = {names[at : at + _SIZE].hex() for at in range(0, len(names), _SIZE)}
    now = {name_of(finding): finding for finding in findings}
    new = [finding for name, finding in now.items() if name not in known]
    return new, sorted(known - now.keys())


def _key(edition: Edition, mark: Mark) -> str:
    return f"board:{edition.pk}:{get_language()}:{mark.version}:{mark.stamp}"
