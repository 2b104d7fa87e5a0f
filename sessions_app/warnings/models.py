"""What an organiser wants to be warned of, and how strictly, in one edition."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.tracking import tracked


class Level(models.TextChoices):
    """How strict a rule is, the laxest first."""

    IGNORED = "ignored", pgettext_lazy("level of a rule", "Ignored")
    WARNS = "warns", pgettext_lazy("level of a rule", "Warns")
    BLOCKS_RELEASE = "blocks_release", pgettext_lazy("level of a rule", "Blocks the release")
    BLOCKS_PLACING = "blocks_placing", pgettext_lazy("level of a rule", "Blocks the placing")


class Rule(models.TextChoices):
    """What is looked at; each finding names its rule."""

    ROOM_TWICE = "room_twice", _("Two sessions in one room at the same time")
    SPEAKER_TWICE = "speaker_twice", _("One person in two sessions at the same time")
    SPEAKER_AWAY = "speaker_away", _("A speaker cannot come at that time")
    MODERATOR_AWAY = "moderator_away", _("The moderator cannot come at that time")
    ROOM_AWAY = "room_away", _("The room cannot be used at that time")
    CHANGE_OF_ROOM = "change_of_room", _("Too little time to get to another building")
    ROOM_LACKS = "room_lacks", _("The room lacks what the session needs")
    ROOM_TOO_SMALL = "room_too_small", _("More people are expected than the room holds")
    SEATS_SHORT = "seats_short", _("More people have seats than the room holds")
    SEATS_TWICE = "seats_twice", _("People have seats in two sessions at the same time")
    BESIDE_PLENARY = "beside_plenary", _("Something takes place beside a plenary session")
    TRACK_TWICE = "track_twice", _("Two sessions of one track at the same time")
    OUTSIDE_DAYS = "outside_days", _("Outside the forum's days")
    NOT_PLACED = "not_placed", _("No room and time")
    NO_MODERATOR = "no_moderator", _("No moderator")
    NO_KAZAKH_TITLE = "no_kazakh_title", _("No Kazakh title")
    NO_RUSSIAN_TITLE = "no_russian_title", _("No Russian title")
    SPEAKER_UNCONFIRMED = "speaker_unconfirmed", _("A speaker has not confirmed")


@tracked(deletions=True)
class WarningLevel(models.Model):
    """How strict an edition is with one rule, where it differs from the rule's own level."""

    edition = models.ForeignKey(
        "forum.Edition",
        verbose_name=_("edition"),
        on_delete=models.CASCADE,
        related_name="warning_levels",
    )
    rule = models.CharField(_("rule"), max_length=30, choices=Rule)
    level = models.CharField(_("level"), max_length=20, choices=Level)

    class Meta:
        verbose_name = _("level of a warning")
        verbose_name_plural = _("levels of warnings")
        constraints = [
            models.UniqueConstraint(fields=["edition", "rule"], name="warning_level_once")
        ]

    def __str__(self) -> str:
        return f"{self.get_rule_display()}: {self.get_level_display()}"
