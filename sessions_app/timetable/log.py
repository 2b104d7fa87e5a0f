"""The draft's version, and its log: every move, numbered and written down by the database."""

import pgtrigger
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Draft(models.Model):
    """Counts the changes of an edition's draft; its row is what those who move sessions lock."""

    edition = models.OneToOneField(
        "forum.Edition", on_delete=models.CASCADE, primary_key=True, related_name="draft"
    )
    version = models.BigIntegerField(default=0)

    class Meta:
        verbose_name = _("draft")
        verbose_name_plural = _("drafts")

    def __str__(self) -> str:
        return f"{self.edition_id}: {self.version}"


class DraftChange(models.Model):
    """One session's move in the draft, numbered within the edition. A trigger writes it.

    So imports, the admin and SQL count too. Nothing refers to it, and it outlives what it names
    for the length of a transaction: its keys are not checked by the database.
    """

    edition = models.ForeignKey(
        "forum.Edition", on_delete=models.CASCADE, db_constraint=False, related_name="+"
    )
    number = models.BigIntegerField(_("number"))
    session = models.ForeignKey(
        "sessions_app.Session", on_delete=models.CASCADE, db_constraint=False, related_name="+"
    )
    room_before = models.ForeignKey(
        "sessions_app.Room",
        on_delete=models.SET_NULL,
        null=True,
        db_constraint=False,
        related_name="+",
    )
    starts_before = models.DateTimeField(null=True)
    ends_before = models.DateTimeField(null=True)
    room_after = models.ForeignKey(
        "sessions_app.Room",
        on_delete=models.SET_NULL,
        null=True,
        db_constraint=False,
        related_name="+",
    )
    starts_after = models.DateTimeField(null=True)
    ends_after = models.DateTimeField(null=True)
    at = models.DateTimeField(_("at"), default=timezone.now)
    by = models.ForeignKey(
        "accounts.User", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    batch = models.UUIDField(
        null=True, help_text="What was done in one gesture, and is undone in one."
    )
    undoes = models.UUIDField(null=True, help_text="The batch that this one takes back.")

    class Meta:
        verbose_name = _("change of the draft")
        verbose_name_plural = _("changes of the draft")
        ordering = ("number",)
        constraints = [
            models.UniqueConstraint(fields=["edition", "number"], name="draft_change_number")
        ]
        indexes = [models.Index(fields=["edition", "batch"], name="draft_change_batch")]

    def __str__(self) -> str:
        return f"{self.edition_id}: {self.number}"


# A row of its own for each move: the number is taken under the draft's row lock, so that numbers
# become visible in their order. Where the draft's row is gone, the edition is being deleted.
_LOG_MOVE = """
    SELECT edition_id INTO whose FROM sessions_app_session
    WHERE id = CASE WHEN TG_OP = 'DELETE' THEN OLD.session_id ELSE NEW.session_id END;
    IF TG_OP <> 'DELETE' THEN
        INSERT INTO sessions_app_draft (edition_id, version) VALUES (whose, 0)
        ON CONFLICT (edition_id) DO NOTHING;
    END IF;
    UPDATE sessions_app_draft SET version = version + 1 WHERE edition_id = whose
    RETURNING version INTO taken;
    IF taken IS NULL THEN RETURN NULL; END IF;
    INSERT INTO sessions_app_draftchange (
        edition_id, number, session_id, room_before_id, starts_before, ends_before,
        room_after_id, starts_after, ends_after, at
    ) VALUES (
        whose, taken, {session}, {before}, {after}, clock_timestamp()
    );
    RETURN NULL;
"""
_NOTHING = "NULL, NULL, NULL"
_OLD = "OLD.room_id, OLD.starts_at, OLD.ends_at"
_NEW = "NEW.room_id, NEW.starts_at, NEW.ends_at"


def logs_moves() -> list[pgtrigger.Trigger]:
    """Make the triggers by which a table of placements writes its log."""
    told = {
        pgtrigger.Insert: ("placed", "NEW.session_id", _NOTHING, _NEW, None),
        pgtrigger.Update: ("moved", "NEW.session_id", _OLD, _NEW, pgtrigger.AnyChange()),
        pgtrigger.Delete: ("taken_out", "OLD.session_id", _OLD, _NOTHING, None),
    }
    return [
        pgtrigger.Trigger(
            name=f"log_{name}",
            when=pgtrigger.After,
            operation=operation,
            condition=condition,
            declare=[("whose", "BIGINT"), ("taken", "BIGINT")],
            func=_LOG_MOVE.format(session=session, before=before, after=after),
        )
        for operation, (name, session, before, after, condition) in told.items()
    ]
