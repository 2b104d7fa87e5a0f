"""The address in a letter with which its reader switches such letters off, without signing in.

It holds for one person and one topic, and as long as SECRET_KEY does: a letter is old when it is
needed most. The person's id is in it, but covered: 12 bytes of a seal over id and topic, then the
id under 8 bytes that only we can derive from the seal.
"""

import base64
import binascii
import re

from django.conf import settings
from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import override

from forum.subscriptions.models import Topic

SALT = "forum.subscriptions.links/1"
"""Keeps the seal apart from everything else that is signed with SECRET_KEY."""
SEAL_BYTES = 12
ID_BYTES = 8
_TOKEN = re.compile(r"[a-z2-7]{32}\Z")


class NotOurs(ValueError):
    """We made no such token for this topic."""


def choice_url(person_id: int, topic: Topic, *, language: str) -> str:
    """Return the whole address, in `language`."""
    with override(language):
        path = reverse("letters_choice", kwargs={"topic": topic, "token": token(person_id, topic)})
    return settings.BASE_URL + path


def token(person_id: int, topic: Topic, *, key: str = "") -> str:
    """Name the person and `topic` in 32 signs that only we can make."""
    key = key or settings.SECRET_KEY
    seal = _seal(person_id, topic, key)
    covered = _covered(person_id.to_bytes(ID_BYTES, "big"), seal, key)
    return base64.b32encode(seal + covered).decode().lower()


def person_in(given: str, topic: Topic) -> int:
    """Return the id of the person for whom `given` was made; raises NotOurs.

    Keys that SECRET_KEY_FALLBACKS still names hold too.
    """
    if not _TOKEN.match(given):
        raise NotOurs
    try:
        read = base64.b32decode(given.upper())
    except binascii.Error as error:
        raise NotOurs from error
    seal, covered = read[:SEAL_BYTES], read[SEAL_BYTES:]
    for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        person_id = int.from_bytes(_covered(covered, seal, key), "big")
        if constant_time_compare(seal, _seal(person_id, topic, key)):
            return person_id
    raise NotOurs


def _seal(person_id: int, topic: Topic, key: str) -> bytes:
    words = f"{topic}:{person_id}"
    return salted_hmac(SALT, words, secret=key, algorithm="sha256").digest()[:SEAL_BYTES]


def _covered(number: bytes, seal: bytes, key: str) -> bytes:
    """Cover `number`, or uncover it again."""
    cover = salted_hmac(f"{SALT}/cover", seal.hex(), secret=key, algorithm="sha256").digest()
    return bytes(one ^ other for one, other in zip(number, cover, strict=False))
