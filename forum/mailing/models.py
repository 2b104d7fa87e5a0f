"""The outbox: letters that wait, are sent once, and can be looked at."""

import datetime as dt

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.languages import Language


class LetterKind(models.TextChoices):
    """Why a letter is written; one template folder each."""

    RECEIVED = "received", _("Registration received, awaiting approval")
    CONFIRMED = "confirmed", _("Registration confirmed")
    WAITING = "waiting", _("On the waiting list")
    PLACE_OFFERED = "place_offered", _("A place became free")
    PLACE_KEPT = "place_kept", _("A place is kept until it is accepted")
    OFFER_LAPSED = "offer_lapsed", _("The offered place went to the next")
    DECLINED = "declined", _("Registration declined")
    REOPENED = "reopened", _("A decision was taken back")
    CANCELLED = "cancelled", _("Registration cancelled")
    DELEGATE_INVITATION = "delegate_invitation", _("Invitation to be an organisation's delegate")
    DELEGATE_REPLACED = "delegate_replaced", _("To contacts: a delegate was replaced")
    ENDORSEMENT_ASKED = "endorsement_asked", _("To contacts: delegates to endorse")
    ENDORSEMENT_DENIED = "endorsement_denied", _("To organisers: delegates denied")
    CONTACT_ASKED = "contact_asked", _("To contacts: somebody asks to be one")
    CONTACT_CONFIRMED = "contact_confirmed", _("Confirmed as an organisation's contact")
    CONTACT_ENDED = "contact_ended", _("No longer an organisation's contact")
    EDITION_REMINDER = "edition_reminder", _("Reminder a day before the forum")
    SESSION_REMINDER = "session_reminder", _("Reminder an hour before a session")
    DAY_SUMMARY = "day_summary", _("The day's programme")
    SPEAKER_INVITATION = "speaker_invitation", _("Invitation to speak")
    SPEAKER_REMINDER = "speaker_reminder", _("Reminder to answer the invitation")
    PROGRAMME_CHANGE = "programme_change", _("Changes of the programme")
    SEAT_GIVEN = "seat_given", _("A seat in a session")
    ORGANISER_SUMMARY = "organiser_summary", _("Morning summary for organisers")


class LetterQuerySet(models.QuerySet["Letter"]):
    """The questions that are asked of the outbox."""

    def unfinished(self) -> "LetterQuerySet":
        """Neither sent nor given up."""
        return self.filter(
            sent_at__isnull=True,
            failed_at__isnull=True,
            missed_at__isnull=True,
            cancelled_at__isnull=True,
        )

    def claimable(self, *, now: dt.datetime) -> "LetterQuerySet":
        """Those that a sender may take at `now`: due, rested after a refusal, free, not begun."""
        rested = Q(retry_at__isnull=True) | Q(retry_at__lte=now)
        return self.unfinished().filter(
            rested, claimed_at__isnull=True, begun_at__isnull=True, due_at__lte=now
        )

    def too_late(self, *, now: dt.datetime) -> "LetterQuerySet":
        """Those free ones that would be of no use to anybody any more at `now`."""
        return self.unfinished().filter(claimed_at__isnull=True, useful_until__lte=now)

    def withdrawable(self) -> "LetterQuerySet":
        """Those that have not begun to go; one that a sender began cannot be called back."""
        return self.unfinished().filter(begun_at__isnull=True)

    def uncertain(self) -> "LetterQuerySet":
        """Begun by a sender that died: perhaps it went, perhaps not; people decide."""
        return self.unfinished().filter(uncertain_at__isnull=False)

    def purgeable(self, *, before: dt.datetime) -> "LetterQuerySet":
        """Those written `before` that still hold their text, and that will not go any more."""
        waits = Q(pk__in=self.unfinished().filter(uncertain_at__isnull=True).values("pk"))
        return self.filter(~waits, created_at__lt=before, purged_at__isnull=True)

    def unsent(self, *, now: dt.datetime) -> "LetterQuerySet":
        """What organisers should look at: failed, missed, uncertain, or late by an hour."""
        late = now - dt.timedelta(hours=1)
        waits = Q(pk__in=self.unfinished().filter(due_at__lte=late).values("pk"))
        trouble = Q(failed_at__isnull=False) | Q(missed_at__isnull=False)
        return self.filter(trouble | waits)


class Letter(models.Model):
    """One letter to one address, as it will arrive, in the recipient's language."""

    edition = models.ForeignKey(
        "forum.Edition",
        verbose_name=_("edition"),
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="letters",
    )
    kind = models.CharField(_("kind"), max_length=20, choices=LetterKind)
    recipient = models.ForeignKey(
        "accounts.User",
        verbose_name=_("recipient"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="letters",
    )
    to_address = models.EmailField(_("address"))
    language = models.CharField(_("language"), max_length=2, choices=Language)
    subject = models.CharField(_("subject"), max_length=300)
    text = models.TextField(_("text"))
    html = models.TextField(_("HTML"))
    calendar = models.TextField(_("calendar file"), blank=True)
    calendar_method = models.CharField(_("calendar method"), max_length=10, blank=True)
    dedupe_key = models.CharField(_("key"), max_length=200)
    created_at = models.DateTimeField(_("written"), default=timezone.now)
    due_at = models.DateTimeField(_("due"), default=timezone.now)
    useful_until = models.DateTimeField(_("useful until"), null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    claimed_at = models.DateTimeField(_("claimed"), null=True, blank=True)
    claimed_by = models.CharField(_("claimed by"), max_length=100, blank=True)
    retry_at = models.DateTimeField(_("next attempt"), null=True, blank=True)
    begun_at = models.DateTimeField(_("begun"), null=True, blank=True)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    uncertain_at = models.DateTimeField(_("uncertain since"), null=True, blank=True)
    failed_at = models.DateTimeField(_("failed"), null=True, blank=True)
    failure = models.TextField(_("reason of the failure"), blank=True)
    missed_at = models.DateTimeField(_("missed"), null=True, blank=True)
    cancelled_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)
    unwanted_at = models.DateTimeField(_("withdrawn for its reader"), null=True, blank=True)
    purged_at = models.DateTimeField(_("text erased"), null=True, blank=True)
    copy_of = models.ForeignKey(
        "self",
        verbose_name=_("sent again for"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="copies",
    )
    asked_by = models.ForeignKey(
        "accounts.User",
        verbose_name=_("sent again by"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )

    objects = LetterQuerySet.as_manager()

    class Meta:
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        ordering = ("-created_at", "-pk")
        constraints = [
            models.UniqueConstraint(fields=["dedupe_key"], name="letter_once"),
            models.CheckConstraint(
                condition=Q(sent_at__isnull=True) | Q(begun_at__isnull=False),
                name="letter_begun_before_sent",
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_at"],
                condition=Q(
                    sent_at__isnull=True,
                    failed_at__isnull=True,
                    missed_at__isnull=True,
                    cancelled_at__isnull=True,
                ),
                name="letter_unfinished",
            ),
            models.Index(fields=["edition", "kind", "-created_at"], name="letter_by_kind"),
            models.Index(fields=["-created_at", "-id"], name="letter_newest"),
        ]

    def __str__(self) -> str:
        return self.subject


class SendingMinute(models.Model):
    """How many letters all senders together took in one minute of the clock; for the limit."""

    minute = models.DateTimeField(_("minute"), primary_key=True)
    letters = models.PositiveIntegerField(_("letters"), default=0)

    class Meta:
        verbose_name = _("minute of sending")
        verbose_name_plural = _("minutes of sending")

    def __str__(self) -> str:
        return f"{self.minute:%H:%M} · {self.letters}"
