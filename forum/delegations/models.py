"""What an organisation's contact says of its delegates: invited, named, or not theirs."""

import secrets

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.codes import new_code
from accounts.languages import Language
from accounts.organisations.merged import follows_merge
from accounts.tracking import tracked
from forum.quotas.models import Category


def new_invitation_code() -> str:
    """Make a code of eight signs, which stands in addresses."""
    return new_code(8)


def new_secret() -> str:
    """Make what only the invited person's letter holds: 256 random bits, for an address."""
    return secrets.token_urlsafe(32)


class InvitationStatus(models.TextChoices):
    """Derived from the timestamps, never stored."""

    SENT = "sent", pgettext_lazy("invitation", "Invited")
    OPENED = "opened", pgettext_lazy("invitation", "Opened the link")
    ACCEPTED = "accepted", pgettext_lazy("invitation", "Registered")
    ENDED = "ended", pgettext_lazy("invitation", "Withdrawn")


class InvitationQuerySet(models.QuerySet["DelegateInvitation"]):
    """The questions that are asked of invitations."""

    def open(self) -> "InvitationQuerySet":
        """Those that lead to the form: neither accepted nor withdrawn."""
        return self.filter(accepted_at__isnull=True, ended_at__isnull=True)


@tracked(exclude=["code", "secret"])
class DelegateInvitation(models.Model):
    """An organisation's invitation to one e-mail; who accepts it is endorsed at once."""

    code = models.CharField(
        _("code"), max_length=8, unique=True, default=new_invitation_code, editable=False
    )
    secret = models.CharField(max_length=43, default=new_secret, editable=False)
    edition = models.ForeignKey(
        "forum.Edition",
        verbose_name=_("edition"),
        on_delete=models.CASCADE,
        related_name="delegate_invitations",
    )
    organisation = models.ForeignKey(
        "accounts.Organisation",
        verbose_name=_("organisation"),
        on_delete=models.PROTECT,
        related_name="delegate_invitations",
    )
    email = models.EmailField(_("e-mail"))
    language = models.CharField(_("language of the letter"), max_length=2, choices=Language)
    category = models.CharField(_("category"), max_length=20, choices=Category)
    invited_by = models.ForeignKey(
        "accounts.User",
        verbose_name=_("invited by"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    invited_at = models.DateTimeField(_("invited"))
    sent_at = models.DateTimeField(_("newest letter"))
    letters = models.PositiveSmallIntegerField(_("letters"), default=1)
    opened_at = models.DateTimeField(_("opened"), null=True, blank=True)
    accepted_at = models.DateTimeField(_("accepted"), null=True, blank=True)
    registration = models.ForeignKey(
        "forum.Registration",
        verbose_name=_("registration"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="invitations",
    )
    ended_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)
    ended_by = models.ForeignKey(
        "accounts.User",
        verbose_name=_("withdrawn by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation of a delegate")
        verbose_name_plural = _("invitations of delegates")
        ordering = ("-invited_at", "-pk")
        constraints = [
            models.UniqueConstraint(
                "edition",
                "organisation",
                Lower("email"),
                condition=Q(accepted_at__isnull=True, ended_at__isnull=True),
                name="delegate_invitation_one_open",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True) | Q(ended_at__isnull=True),
                name="delegate_invitation_one_end",
            ),
        ]
        triggers = [follows_merge()]

    def __str__(self) -> str:
        return f"{self.email} · {self.organisation}"

    @property
    def status(self) -> InvitationStatus:
        """What the timestamps say."""
        if self.ended_at:
            return InvitationStatus.ENDED
        if self.accepted_at:
            return InvitationStatus.ACCEPTED
        return InvitationStatus.OPENED if self.opened_at else InvitationStatus.SENT

    @property
    def is_open(self) -> bool:
        """Whether it leads to the form."""
        return not (self.accepted_at or self.ended_at)


@tracked()
class Nomination(models.Model):
    """What a contact typed of a person whom they registered.

    The person's own account may say something else, or belong to somebody whom the contact does
    not know: a contact is shown these words, never the account's.
    """

    registration = models.OneToOneField(
        "forum.Registration",
        verbose_name=_("registration"),
        on_delete=models.CASCADE,
        related_name="nomination",
    )
    nominated_by = models.ForeignKey(
        "accounts.User",
        verbose_name=_("registered by"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    nominated_at = models.DateTimeField(_("registered"))
    email = models.EmailField(_("e-mail"))
    family_name = models.CharField(_("surname"), max_length=100, blank=True)
    given_name = models.CharField(_("given name"), max_length=100)
    patronymic = models.CharField(_("patronymic"), max_length=100, blank=True)

    class Meta:
        verbose_name = _("nomination")
        verbose_name_plural = _("nominations")

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        """Surname first, as official lists have it."""
        return " ".join(filter(None, [self.family_name, self.given_name, self.patronymic]))


@tracked()
class EndorsementDenial(models.Model):
    """A contact says that a delegate is not of the organisation; the organisers decide what then.

    It cancels nothing. Endorsing the delegate after all takes it back.
    """

    registration = models.ForeignKey(
        "forum.Registration",
        verbose_name=_("registration"),
        on_delete=models.CASCADE,
        related_name="denials",
    )
    denied_by = models.ForeignKey(
        "accounts.User", verbose_name=_("denied by"), on_delete=models.PROTECT, related_name="+"
    )
    denied_at = models.DateTimeField(_("denied"))
    reason = models.CharField(_("reason"), max_length=300)
    withdrawn_at = models.DateTimeField(_("taken back"), null=True, blank=True)

    class Meta:
        verbose_name = _("denial of a delegate")
        verbose_name_plural = _("denials of delegates")
        ordering = ("-denied_at", "-pk")
        constraints = [
            models.UniqueConstraint(
                fields=["registration"],
                condition=Q(withdrawn_at__isnull=True),
                name="endorsement_denied_once",
            )
        ]

    def __str__(self) -> str:
        return str(self.registration)
