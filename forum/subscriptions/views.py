"""One click from a letter, and the page of all that one can switch off."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from accounts.users.access import signed_in
from forum.subscriptions.access import get_reader
from forum.subscriptions.actions import switch, switch_off
from forum.subscriptions.forms import ONE_CLICK, ChoiceForm, SwitchForm
from forum.subscriptions.models import Topic, Way, is_off, topics_of


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def choice(request: HttpRequest, topic: str, token: str) -> HttpResponse:
    """Show one topic and a button; only a POST changes it, since mail programs look at links.

    The link is the permission, so neither a sign-in nor a form's token is asked for.
    """
    person, its_topic = get_reader(topic, token)
    if request.POST.get("List-Unsubscribe") == ONE_CLICK:
        switch_off(person, topic=its_topic, way=Way.MAIL_PROGRAM, by=None, now=timezone.now())
        return HttpResponse(_("Such letters come no more."), content_type="text/plain")
    form = SwitchForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        on = form.cleaned_data["do"] == "on"
        switch(person, topic=its_topic, on=on, way=Way.LINK, by=None, now=timezone.now())
        return redirect(request.path)
    context = {"topic": its_topic, "is_off": is_off(person, its_topic), "form": form}
    status = 422 if form.errors else 200
    return render(request, "forum/subscriptions/choice.html", context, status=status)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def choices(request: HttpRequest) -> HttpResponse:
    """List what one can switch off, and what is always sent and why."""
    person = signed_in(request)
    form = ChoiceForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        topic, on = Topic(form.cleaned_data["topic"]), form.cleaned_data["do"] == "on"
        switch(person, topic=topic, on=on, way=Way.PAGE, by=person, now=timezone.now())
        said = _("Such letters come again.") if on else _("Such letters come no more.")
        messages.success(request, said)
        return redirect("letters")
    context = {"topics": topics_of(person), "form": form}
    status = 422 if form.errors else 200
    return render(request, "forum/subscriptions/choices.html", context, status=status)
