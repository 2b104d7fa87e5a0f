"""A speaker's pages, behind either door: what they are asked, and what they tell."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sessions_app.invitations import access, actions, materials, profiles
from sessions_app.invitations.doors import Door
from sessions_app.invitations.emails import personal_address
from sessions_app.invitations.errors import Busy, InvitationError
from sessions_app.invitations.forms import (
    DeclineForm,
    MaterialForm,
    PhotoForm,
    ProfileForm,
    TimesForm,
)
from sessions_app.invitations.parts import parts_of
from sessions_app.invitations.sending import send_material, send_photo
from sessions_app.invitations.states import answer_of
from sessions_app.invitations.times import begins_at

FORM = require_http_methods(["GET", "HEAD", "POST"])


@dataclass(frozen=True)
class Question:
    """The words around a form."""

    title: str
    label: str
    lead: str = ""
    danger: bool = False
    template: str = "form.html"


@require_safe
def show(request: HttpRequest, door: Door) -> HttpResponse:
    """Show what is known of the speaker, and what they can do."""
    speaker, edition, now = door.speaker, door.edition, timezone.now()
    context = {
        "edition": edition,
        "door": door,
        "speaker": speaker,
        "answer": answer_of(speaker),
        "answered_by": access.answered_by(speaker) if door.by else None,
        "can_answer": not edition.archived_at and (door.by or now < begins_at(edition)),
        "parts": parts_of(edition, [speaker])[speaker.pk],
        "materials": access.materials_of(speaker),
        "times": speaker.availabilities.all(),
        "personal_address": personal_address(speaker, edition) if door.by else "",
    }
    return render(request, "sessions_app/invitations/speaker.html", context)


@require_POST
def confirm(request: HttpRequest, door: Door) -> HttpResponse:
    """Write down that the speaker comes."""
    said = _("The confirmation is written down.") if door.by else _("Thank you! You are expected.")
    now = timezone.now()
    return _carry_out(
        request, door, said, lambda: actions.confirm(door.speaker, by=door.by, now=now)
    )


@FORM
def decline(request: HttpRequest, door: Door) -> HttpResponse:
    """Ask whether the speaker really does not come, and why."""
    form = DeclineForm(_posted(request))
    if not form.is_valid():
        lead = _(
            "The organisers look for somebody else then. Until the forum begins one can change it."
        )
        return _ask(
            request, door, form, Question(_("Decline the invitation"), _("Decline"), lead, True)
        )
    reason, now = form.cleaned_data["reason"], timezone.now()
    return _carry_out(
        request,
        door,
        _("The refusal is written down."),
        lambda: actions.decline(door.speaker, reason=reason, by=door.by, now=now),
    )


@FORM
def profile(request: HttpRequest, door: Door) -> HttpResponse:
    """Tell the name, the position and the biography, in each language."""
    form = ProfileForm(_posted(request), speaker=door.speaker, with_email=door.by is not None)
    if not form.is_valid():
        lead = _("What stands in one language only is shown in the others with a mark.")
        return _ask(request, door, form, Question(_("Name and biography"), _("Save"), lead))
    told = form.cleaned_data
    return _carry_out(
        request, door, _("It is saved."), lambda: profiles.tell(door.speaker, told, by=door.by)
    )


@FORM
def times(request: HttpRequest, door: Door) -> HttpResponse:
    """Tell when the speaker can come; nothing filled in: at any time."""
    form = TimesForm(_posted(request), speaker=door.speaker, edition=door.edition)
    if not form.is_valid():
        lead = _("Fill in nothing if any time suits. Sessions are put into these times.")
        question = Question(_("Possible times"), _("Save"), lead, template="times.html")
        return _ask(request, door, form, question)
    now = timezone.now()
    return _carry_out(
        request,
        door,
        _("It is saved."),
        lambda: profiles.set_times(door.speaker, form.times, by=door.by, now=now),
    )


@FORM
def photo(request: HttpRequest, door: Door) -> HttpResponse:
    """Give a photo, in the place of the one before."""
    form = PhotoForm(_posted(request), request.FILES or None)
    if not form.is_valid():
        lead = _("It stands on the public page of the speaker.")
        return _ask(request, door, form, Question(_("Photo"), _("Save"), lead))
    return _carry_out(
        request,
        door,
        _("The photo is saved."),
        lambda: profiles.set_photo(door.speaker, form.picture, by=door.by),
    )


@FORM
def photo_removal(request: HttpRequest, door: Door) -> HttpResponse:
    """Ask whether the photo shall go."""
    form = forms.Form(_posted(request))
    if not form.is_valid():
        lead = _("The photo is deleted, and no longer shown anywhere.")
        return _ask(request, door, form, Question(_("Delete the photo"), _("Delete"), lead, True))
    return _carry_out(
        request,
        door,
        _("The photo is deleted."),
        lambda: profiles.remove_photo(door.speaker, by=door.by),
    )


@require_safe
def photo_file(_request: HttpRequest, door: Door) -> HttpResponseBase:
    """Send the photo to who may see it before the public does."""
    return send_photo(door.speaker)


@FORM
def material_new(request: HttpRequest, door: Door, session: str) -> HttpResponse:
    """Give a file for those who attend the session."""
    found = access.get_own_session(door.speaker, session)
    form = MaterialForm(_posted(request), request.FILES or None)
    if not form.is_valid():
        question = Question(_("A file for the session"), _("Upload"), found.title)
        return _ask(request, door, form, question)
    now = timezone.now()
    return _carry_out(
        request,
        door,
        _("The file is there. The public sees it once the organisers have published it."),
        lambda: materials.add_material(
            found,
            speaker=door.speaker,
            title=form.cleaned_data["title"],
            file=form.cleaned_data["file"],
            document=form.document,
            now=now,
        ),
    )


@FORM
def material_removal(request: HttpRequest, door: Door, material: str) -> HttpResponse:
    """Ask whether a file shall go."""
    found = access.get_own_material(door.speaker, material)
    form = forms.Form(_posted(request))
    if not form.is_valid():
        return _ask(
            request, door, form, Question(_("Delete the file"), _("Delete"), str(found), True)
        )
    return _carry_out(
        request, door, _("The file is deleted."), lambda: materials.delete_material(found)
    )


@require_safe
def material_file(_request: HttpRequest, door: Door, material: str) -> HttpResponseBase:
    """Send a file to its speaker, or to the desk."""
    return send_material(access.get_own_material(door.speaker, material))


def _posted(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _ask(request: HttpRequest, door: Door, form: forms.Form, question: Question) -> HttpResponse:
    """Show a form; 422 when it was sent and is not right."""
    context = {"edition": door.edition, "door": door, "form": form, "question": question}
    template = f"sessions_app/invitations/{question.template}"
    return render(request, template, context, status=422 if form.is_bound else 200)


def _carry_out(
    request: HttpRequest, door: Door, said: str, act: Callable[[], object]
) -> HttpResponse:
    """Do it and go back to the speaker's page; what is refused is said on a page of its own."""
    try:
        act()
    except InvitationError as error:
        context = {"edition": door.edition, "door": door, "sentence": str(error)}
        status = 503 if isinstance(error, Busy) else 409
        return render(request, "sessions_app/invitations/refused.html", context, status=status)
    messages.success(request, said)
    return redirect(door.address())
