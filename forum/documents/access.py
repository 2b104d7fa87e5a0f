"""Whose documents one may open: one's own, and organisers their edition's; else a 404."""

import re

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from accounts.codes import ALPHABET
from accounts.models import User
from accounts.names import fold
from forum.documents.models import Document, Kind
from forum.editions.models import Edition
from forum.registrations.models import Registration

_LEFT_OUT = re.compile(r"[\s\-–—.]+")


def plain_code(typed: str) -> str:
    """Return a code as it is kept, from what a person typed of it; "" for what can be none."""
    plain = _LEFT_OUT.sub("", typed).upper()
    return plain if 0 < len(plain) <= 12 and set(plain) <= set(ALPHABET) else ""


def find_document(edition: Edition, typed: str) -> Document | None:
    """Return the edition's document with that code, withdrawn or not."""
    code = plain_code(typed)
    document = Document.objects.filter(edition=edition, code=code).first() if code else None
    if document:
        document.edition = edition
    return document


def get_document(edition: Edition, code: str, *, person: User | AnonymousUser) -> Document:
    """Return a valid document for whom it is about, or whoever organises its edition."""
    document = find_document(edition, code)
    if document is None or not isinstance(person, User):
        raise Http404(_("There is no such document."))
    document.registration = Registration.objects.get(pk=document.registration_id)
    own = document.registration.person_id == person.pk
    if not own and not Edition.objects.run_by(person).filter(pk=edition.pk).exists():
        raise Http404(_("There is no such document."))
    if document.withdrawn_at:
        raise Http404(_("This document was withdrawn. Ask for another one in my forum."))
    return document


def get_desk_document(edition: Edition, code: str) -> Document:
    """Return a document of an edition that one organises, withdrawn or not."""
    document = find_document(edition, code)
    if document is None:
        raise Http404(_("There is no such document."))
    return document


def documents_at_desk(edition: Edition, *, typed: str, kind: str) -> QuerySet[Document]:
    """Return the edition's documents, newest first: those that match and are of the kind."""
    found = Document.objects.filter(edition=edition).select_related(
        "registration", "issued_by", "withdrawn_by"
    )
    if kind in Kind:
        found = found.filter(kind=kind)
    for word in fold(typed).split():
        found = found.filter(
            Q(code=plain_code(word))
            | Q(registration__code__iexact=word)
            | Q(registration__person__search_key__contains=word)
        )
    return found.order_by("-issued_at", "-pk")


def documents_of(registration: Registration) -> QuerySet[Document]:
    """Return the valid documents of a person at an edition, newest first."""
    return registration.documents.valid().order_by("-issued_at", "-pk")
