"""One year's forum: number, theme, dates, zone, venue, and who runs it."""

import datetime as dt
import zoneinfo

import pgtrigger
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.tracking import tracked
from forum.editions.addresses import is_free_address, validate_address

CONTENT_FIELDS = ("name", "theme", "city", "venue", "organisers", "about")
SIGNATURE_FIELDS = ("signer_name", "signer_position")


def validate_time_zone(value: str) -> None:
    """Raise ValidationError unless `value` is a zone of the IANA database."""
    if value not in zoneinfo.available_timezones():
        raise ValidationError(_("There is no such time zone. Asia/Almaty is one, for example."))


class Role(models.TextChoices):
    """What a member of an edition's team may do."""

    ORGANISER = "organiser", pgettext_lazy("role", "Organiser")
    CHECK_IN = "check_in", pgettext_lazy("role", "Checks in at the doors, and nothing else")


class EditionQuerySet(models.QuerySet["Edition"]):
    """The questions that are asked of editions."""

    def public(self) -> "EditionQuerySet":
        """Those that a stranger may see."""
        return self.filter(published_at__isnull=False)

    def archived(self) -> "EditionQuerySet":
        """The past ones, newest first."""
        return self.public().filter(archived_at__isnull=False).order_by("-starts_on")

    def current(self) -> "EditionQuerySet":
        """The one that the home page shows; none or one."""
        return self.public().filter(current_since__isnull=False)

    def running(self, *, now: dt.datetime) -> "EditionQuerySet":
        """Those about which letters may still be of use, with a day of leave for their zones."""
        yesterday = now.date() - dt.timedelta(days=1)
        return self.filter(Q(ends_on__gte=yesterday) | Q(is_demo=True), archived_at__isnull=True)

    def run_by(self, person: models.Model) -> "EditionQuerySet":
        """Those that `person` organises; all of them for a superuser."""
        if getattr(person, "is_superuser", False):
            return self
        return self.filter(team__person=person.pk, team__role=Role.ORGANISER)

    def checked_in_by(self, person: models.Model) -> "EditionQuerySet":
        """Those at whose doors `person` may stand: the organisers, and who only helps there."""
        if getattr(person, "is_superuser", False):
            return self
        return self.filter(team__person=person.pk)


@tracked(exclude=["places_taken"])
class Edition(models.Model):
    """A forum. Its number and its year are two facts; neither follows from the other."""

    number = models.PositiveSmallIntegerField(_("number"), null=True, blank=True)
    year = models.PositiveSmallIntegerField(_("year"))
    slug = models.SlugField(
        _("address"),
        max_length=40,
        unique=True,
        validators=[validate_address],
        help_text=_("What stands in the address of its pages; usually the number."),
    )
    name = models.CharField(_("name"), max_length=120)
    theme = models.CharField(_("theme"), max_length=300, blank=True)
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    time_zone = models.CharField(
        _("time zone"), max_length=40, default="Asia/Almaty", validators=[validate_time_zone]
    )
    day_starts_at = models.TimeField(
        _("a day begins at"),
        default=dt.time(0, 0),
        help_text=_("What starts earlier belongs to the day before."),
    )
    city = models.CharField(_("city"), max_length=100, blank=True)
    venue = models.CharField(_("venue"), max_length=200, blank=True)
    organisers = models.TextField(
        _("organisers"), blank=True, help_text=_("One on a line; ministries change their names.")
    )
    about = models.TextField(_("about"), blank=True)
    contact_email = models.EmailField(
        _("e-mail of the organisers"),
        blank=True,
        help_text=_("Answers to letters go there."),
    )
    registration_opens_at = models.DateTimeField(_("registration opens"), null=True, blank=True)
    registration_closes_at = models.DateTimeField(_("registration closes"), null=True, blank=True)
    capacity = models.PositiveIntegerField(
        _("places"), null=True, blank=True, help_text=_("Empty: as many as come.")
    )
    places_taken = models.PositiveIntegerField(_("places taken"), default=0, editable=False)
    organisation_cap = models.PositiveIntegerField(
        _("places for each organisation"),
        null=True,
        blank=True,
        help_text=_("Empty: as many as come. An organisation may be given more as an exception."),
    )
    offer_hours = models.PositiveSmallIntegerField(
        _("hours to accept an offered place"),
        default=12,
        validators=[MinValueValidator(1), MaxValueValidator(72)],
        help_text=_("From two days before the forum a free place is offered and not simply given."),
    )
    signer_name = models.CharField(
        _("who signs"),
        max_length=150,
        blank=True,
        help_text=_("Stands beside the signature on certificates and letters of invitation."),
    )
    signer_position = models.CharField(_("position of who signs"), max_length=200, blank=True)
    certificates_from = models.DateTimeField(
        _("certificates from"),
        null=True,
        blank=True,
        help_text=_("Empty: as soon as the last day is over."),
    )
    is_demo = models.BooleanField(_("demo"), default=False, editable=False)
    published_at = models.DateTimeField(_("published"), null=True, blank=True)
    archived_at = models.DateTimeField(_("archived"), null=True, blank=True)
    current_since = models.DateTimeField(_("on the home page since"), null=True, blank=True)

    objects = EditionQuerySet.as_manager()

    class Meta:
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        ordering = ("-starts_on", "-pk")
        constraints = [
            models.CheckConstraint(
                condition=is_free_address(),
                name="edition_address_free",
                violation_error_message=_("Pages cannot stand below this address. Choose another."),
            ),
            models.CheckConstraint(
                condition=Q(starts_on__lte=F("ends_on")),
                name="edition_days_in_order",
                violation_error_message=_("The last day is before the first."),
            ),
            models.CheckConstraint(
                condition=Q(capacity__isnull=True) | Q(places_taken__lte=F("capacity")),
                name="edition_not_oversold",
                violation_error_message=_(
                    "More places are taken than that. Cancel registrations first, or allow more."
                ),
            ),
            models.CheckConstraint(
                condition=Q(registration_opens_at__isnull=True)
                | Q(registration_closes_at__isnull=True)
                | Q(registration_opens_at__lt=F("registration_closes_at")),
                name="edition_registration_in_order",
                violation_error_message=_("Registration closes before it opens."),
            ),
            models.UniqueConstraint(
                models.ExpressionWrapper(
                    Q(current_since__isnull=False), output_field=models.BooleanField()
                ),
                condition=Q(current_since__isnull=False),
                name="edition_one_current",
                violation_error_message=_("Another edition is on the home page already."),
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="begin_stamp",
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                func="INSERT INTO forum_contentstamp (edition_id, value) VALUES (NEW.id, 1); "
                "RETURN NULL;",
            ),
            # A place taken is no change of content: it must neither empty caches nor queue here.
            pgtrigger.Trigger(
                name="bump_stamp",
                when=pgtrigger.After,
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(exclude=["places_taken"]),
                func="UPDATE forum_contentstamp SET value = value + 1, "
                "changed_at = clock_timestamp() WHERE edition_id = NEW.id; RETURN NULL;",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def zone(self) -> zoneinfo.ZoneInfo:
        """The zone in which people read this edition's times."""
        return zoneinfo.ZoneInfo(self.time_zone)

    @property
    def days(self) -> list[dt.date]:
        """Every day of the edition, in order."""
        length = (self.ends_on - self.starts_on).days + 1
        return [self.starts_on + dt.timedelta(days=n) for n in range(length)]

    def day_of(self, moment: dt.datetime) -> dt.date:
        """Return the day to which `moment` belongs: what begins at night, the day before."""
        local = moment.astimezone(self.zone)
        early = local.time() < self.day_starts_at
        return local.date() - dt.timedelta(days=1) if early else local.date()

    def beginning_of(self, day: dt.date) -> dt.datetime:
        """Return when `day` begins; what starts earlier belongs to the day before."""
        return dt.datetime.combine(day, self.day_starts_at, tzinfo=self.zone)

    def is_past(self, *, now: dt.datetime) -> bool:
        """Whether it belongs into the archive: put there, or over where it is held."""
        return self.archived_at is not None or self.ends_on < now.astimezone(self.zone).date()

    def is_over(self, *, now: dt.datetime) -> bool:
        """Whether nobody needs to hear of it any more.

        The demo's forum was held in 2025, and is never over for who tries the software later.
        """
        return self.archived_at is not None or (self.is_past(now=now) and not self.is_demo)

    def registration_is_open(self, *, now: dt.datetime) -> bool:
        """Whether a delegate may register at `now` (an aware moment)."""
        if self.archived_at or not self.published_at or not self.registration_opens_at:
            return False
        closes = self.registration_closes_at
        return self.registration_opens_at <= now and (closes is None or now < closes)


class Organiser(models.Model):
    """A person of an edition's team: who works at its desk, or checks people in at its doors."""

    edition = models.ForeignKey(
        Edition, verbose_name=_("edition"), on_delete=models.CASCADE, related_name="team"
    )
    person = models.ForeignKey(
        "accounts.User",
        verbose_name=_("person"),
        on_delete=models.CASCADE,
        related_name="organises",
    )
    role = models.CharField(_("role"), max_length=20, choices=Role, default=Role.ORGANISER)
    since = models.DateTimeField(_("since"), default=timezone.now, editable=False)
    sees_needs_since = models.DateTimeField(
        _("sees what delegates need since"), null=True, blank=True, editable=False
    )
    sees_needs_by = models.ForeignKey(
        "accounts.User",
        verbose_name=_("let see it by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )

    class Meta:
        verbose_name = _("organiser")
        verbose_name_plural = _("organisers")
        constraints = [
            models.UniqueConstraint(fields=["edition", "person"], name="organiser_once_an_edition")
        ]

    def __str__(self) -> str:
        return str(self.person)


class ContentStamp(models.Model):
    """Counts every change of what an edition's public pages show; caches are keyed by it.

    Triggers write it (`stamps_content`), so that bulk updates, imports and SQL count too.
    """

    edition = models.OneToOneField(
        Edition, on_delete=models.CASCADE, primary_key=True, related_name="content_stamp"
    )
    value = models.BigIntegerField(default=1)
    changed_at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name = _("content stamp")
        verbose_name_plural = _("content stamps")

    def __str__(self) -> str:
        return f"{self.edition_id}: {self.value}"


_BUMP = """
    UPDATE forum_contentstamp AS stamp
    SET value = stamp.value + 1, changed_at = clock_timestamp()
    FROM (SELECT DISTINCT {edition} AS edition_id FROM {table} AS touched {joins}) AS changed
    WHERE stamp.edition_id = changed.edition_id;
    RETURN NULL;
"""


def stamps_content(
    *, edition: str = "touched.edition_id", joins: str = ""
) -> list[pgtrigger.Trigger]:
    """Make the triggers by which a table's changes count in `ContentStamp`, once a statement.

    `edition` is the SQL of the edition's id for a row `touched`; `joins`, what it needs.
    """
    tables = {
        pgtrigger.Insert: ("inserted", pgtrigger.Referencing(new="touched_rows")),
        pgtrigger.Update: ("updated", pgtrigger.Referencing(new="touched_rows", old="old_rows")),
        pgtrigger.Delete: ("deleted", pgtrigger.Referencing(old="touched_rows")),
    }
    return [
        pgtrigger.Trigger(
            name=f"stamp_{name}",
            level=pgtrigger.Statement,
            when=pgtrigger.After,
            operation=operation,
            referencing=referencing,
            func=_BUMP.format(table="touched_rows", joins=joins, edition=edition),
        )
        for operation, (name, referencing) in tables.items()
    ]
