"""Whose letters a link in a letter is about: the person and the topic, or a 404 that says why."""

from django.http import Http404
from django.utils.translation import gettext as _

from accounts.models import User
from forum.subscriptions.links import NotOurs, person_in
from forum.subscriptions.models import Topic


def get_reader(topic: str, token: str) -> tuple[User, Topic]:
    """Return whom a letter's link names, and the topic of the letter."""
    not_ours = _(
        "This link is not whole, or not ours. Open it from the letter once more; or sign in and "
        "choose on the page of your letters."
    )
    if topic not in Topic.values:
        raise Http404(not_ours)
    try:
        person = User.objects.filter(pk=person_in(token, Topic(topic))).first()
    except NotOurs as error:
        raise Http404(not_ours) from error
    if person is None or not person.is_active:
        raise Http404(_("The account to which this letter went has ended: no more letters come."))
    return person, Topic(topic)
