"""Files for who attends a session: given by its speakers, published by the organisers."""

import datetime as dt
from typing import Any

from django.core.files.base import File

from accounts.codes import new_code
from accounts.locks import bounded_wait
from sessions_app.invitations.documents import Document
from sessions_app.invitations.errors import AlreadyThere, Archived, Busy, TooMany
from sessions_app.invitations.files import stored
from sessions_app.sessions.models import Material, Session
from sessions_app.speakers.models import Speaker

MOST = 10
CODE_LENGTH = 10


def add_material(
    session: Session,
    *,
    speaker: Speaker,
    title: str,
    file: File,
    document: Document,
    now: dt.datetime,
) -> Material:
    """Keep a file for the session; the public sees it once an organiser publishes it."""
    with stored(file, folder="materials", suffix=document.suffix) as name:
        return _add(
            session,
            uploaded_by=speaker,
            title=title,
            file=name,
            file_name=document.name,
            content_type=document.content_type,
            size=file.size,
            uploaded_at=now,
        )


@bounded_wait(Busy)
def _add(session: Session, **told: Any) -> Material:
    """Write it down, with the session locked: two at once must not make eleven."""
    rows = Session.objects.select_for_update(of=("self",), no_key=True).select_related("edition")
    current = rows.get(pk=session.pk)
    if current.edition.archived_at:
        raise Archived
    there = Material.objects.filter(session=current)
    same = ("uploaded_by", "file_name", "size")
    if there.filter(**{name: told[name] for name in same}).exists():
        raise AlreadyThere
    if there.count() >= MOST:
        raise TooMany
    return Material.objects.create(session=current, code=new_code(CODE_LENGTH), **told)


def delete_material(material: Material) -> None:
    """Delete the material, and its file with it."""
    material.delete()


def publish_material(material: Material, *, now: dt.datetime) -> None:
    """Show the material on the session's page; published once is enough."""
    Material.objects.filter(pk=material.pk, published_at=None).update(published_at=now)


def hide_material(material: Material) -> None:
    """Take the material off the session's page."""
    Material.objects.filter(pk=material.pk).update(published_at=None)
