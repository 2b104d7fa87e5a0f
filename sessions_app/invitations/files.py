"""Where uploads lie, and when they go: with the rows that name them, once that is committed."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models.signals import post_delete, pre_delete

from sessions_app.sessions.models import Material
from sessions_app.speakers.models import Speaker


@contextmanager
def stored(content: File, *, folder: str, suffix: str) -> Iterator[str]:
    """Keep `content` under a name that nobody guesses; a failure meanwhile takes it away again."""
    name = default_storage.save(f"{folder}/{secrets.token_hex(16)}.{suffix}", content)
    try:
        yield name
    except BaseException:
        default_storage.delete(name)
        raise


def forget(name: str) -> None:
    """Delete the file `name`, if there is one, as soon as no row names it any more."""
    if name:
        transaction.on_commit(lambda: default_storage.delete(name))


def connect() -> None:
    """Have deleted rows take their files along, however they are deleted."""
    post_delete.connect(_forget_photo, sender=Speaker)
    pre_delete.connect(_delete_materials, sender=Speaker)
    post_delete.connect(_forget_material, sender=Material)


def _forget_photo(instance: Speaker, **_told: Any) -> None:
    forget(instance.photo.name or "")


def _forget_material(instance: Material, **_told: Any) -> None:
    forget(instance.file.name or "")


def _delete_materials(instance: Speaker, **_told: Any) -> None:
    """A speaker's files are theirs: who is erased leaves none."""
    Material.objects.filter(uploaded_by=instance).delete()
