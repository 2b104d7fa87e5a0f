"""Topics of letters that a reader can switch off. Everything is on until its reader says no."""

from typing import TypeVar

from django.db import models
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from forum.editions.models import Organiser, Role

Rows = TypeVar("Rows", bound="QuerySet[models.Model]")


class Topic(models.TextChoices):
    """What can be switched off; which kinds of letters belong to it stands in mailing/topics.py."""

    REMINDERS = "reminders", _("Reminders")
    SUMMARIES = "summaries", _("Summaries of the day")
    ANNOUNCEMENTS = "announcements", _("Announcements")
    DESK_SUMMARIES = "desk-summaries", _("Summaries for organisers")

    @property
    def explanation(self) -> str:
        """Say in a sentence what letters these are."""
        return str(EXPLANATIONS[self])


EXPLANATIONS = {
    Topic.REMINDERS: _("That the forum or one of your sessions begins soon."),
    Topic.SUMMARIES: _("The programme of each day the evening before, and what there was."),
    Topic.ANNOUNCEMENTS: _("What the organisers write to many: news, practical matters, requests."),
    Topic.DESK_SUMMARIES: _("Each morning, how an edition that you organise stands."),
}


class Way(models.TextChoices):
    """How a choice was made."""

    MAIL_PROGRAM = "mail", _("by the mail program's own button")
    LINK = "link", _("by the link in a letter")
    PAGE = "page", _("on the page of one's letters")


class SwitchedOffQuerySet(models.QuerySet["SwitchedOff"]):
    """The questions that are asked of choices."""

    def standing(self) -> "SwitchedOffQuerySet":
        """Those that hold."""
        return self.filter(on_again_at__isnull=True)


class SwitchedOff(models.Model):
    """`person` wants no letters of `topic`, from `off_at` on, until `on_again_at`.

    A link in a letter needs no sign-in: whoever holds the letter may follow it, so nobody is named.
    """

    person = models.ForeignKey(
        "accounts.User",
        verbose_name=_("person"),
        on_delete=models.CASCADE,
        related_name="switched_off",
    )
    topic = models.CharField(_("topic"), max_length=20, choices=Topic)
    off_at = models.DateTimeField(_("switched off"))
    off_way = models.CharField(_("how"), max_length=10, choices=Way)
    off_by = models.ForeignKey(
        "accounts.User",
        verbose_name=_("switched off by"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    on_again_at = models.DateTimeField(_("switched on again"), null=True, blank=True)
    on_again_way = models.CharField(_("how"), max_length=10, choices=Way, blank=True)
    on_again_by = models.ForeignKey(
        "accounts.User",
        verbose_name=_("switched on again by"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )

    objects = SwitchedOffQuerySet.as_manager()

    class Meta:
        verbose_name = _("letters switched off")
        verbose_name_plural = _("letters switched off")
        ordering = ("-off_at", "-pk")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "topic"],
                condition=Q(on_again_at__isnull=True),
                name="switched_off_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.get_topic_display()}"


def readers(rows: Rows, topic: Topic | None, *, person: str = "pk") -> Rows:
    """Keep those of `rows` whose reader wants letters of `topic`; all, if it is always sent.

    `person` is the path from a row to its reader: "pk" for people, "person" for registrations.
    """
    if topic is None:
        return rows
    off = SwitchedOff.objects.standing().filter(person=OuterRef(person), topic=topic)
    return rows.filter(~Exists(off))


def is_off(person: User, topic: Topic) -> bool:
    """Say whether `person` has switched `topic` off."""
    return SwitchedOff.objects.standing().filter(person=person, topic=topic).exists()


def topics_of(person: User) -> list[tuple[Topic, SwitchedOff | None]]:
    """Return what `person` can switch off, each with the choice where it is off.

    Only who organises an edition, or did and said no, reads of summaries for organisers.
    """
    standing = SwitchedOff.objects.standing().filter(person=person)
    off = {choice.topic: choice for choice in standing}
    organises = Organiser.objects.filter(person=person, role=Role.ORGANISER).exists()
    shown = [topic for topic in Topic if topic != Topic.DESK_SUMMARIES or organises or topic in off]
    return [(topic, off.get(topic)) for topic in shown]
