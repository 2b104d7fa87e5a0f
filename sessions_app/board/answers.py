"""What the board's script is answered, and with which status a refusal comes."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import JsonResponse, QueryDict
from django.utils.translation import gettext as _

from accounts.locks import Busy
from accounts.users.models import User
from forum.editions.models import Edition
from sessions_app.board.actions import Done
from sessions_app.board.asking import Unreadable, read_count
from sessions_app.board.changes import changes_since, sentence_of, told
from sessions_app.board.heard import changed, keep
from sessions_app.board.marks import Mark, mark_of
from sessions_app.board.state import can_take_back
from sessions_app.board.warned import told_findings
from sessions_app.timetable.moves import NotPlaceable, Stale
from sessions_app.warnings.access import Finding, findings_of


def whats_new(
    edition: Edition, *, heard: Mark, reader: User, done: Done | None = None
) -> dict[str, Any]:
    """Tell what happened after what the reader `heard`; `reread` where that is not all.

    `done` is what this reader just did.
    """
    mark = mark_of(edition)
    answer = {**mark.told(), "reread": heard.stamp != mark.stamp, "changes": []}
    if mark.version == heard.version:
        return answer
    # An older version than the reader's: the edition was taken from a backup.
    changes = changes_since(edition, heard.version) if mark.version > heard.version else None
    if changes is None:
        return answer | {"reread": True}
    known = done.findings if done and done.version == mark.version else None
    return answer | {
        **can_take_back(edition, reader),
        "changes": told(edition, changes, reader=reader),
        "findings": _news_of_findings(edition, mark, heard=heard, reader=reader, known=known),
    }


def all_findings(edition: Edition, *, heard: Mark | None, reader: User) -> dict[str, Any]:
    """Tell all that is wrong with the draft; kept for differences if it is what `heard` marks."""
    findings = findings_of(edition)
    mark = mark_of(edition)
    if mark == heard:
        keep(edition, mark, findings)
    come = told_findings(findings, reader=reader)
    return {**mark.told(), "findings": {"whole": True, "gone": [], "come": come}}


def _news_of_findings(
    edition: Edition, mark: Mark, *, heard: Mark, reader: User, known: list[Finding] | None
) -> dict[str, Any]:
    """Tell what came to the warnings and what went since `heard`; all, if that is forgotten."""
    findings = findings_of(edition) if known is None else known
    new, gone = changed(edition, findings, heard=heard)
    # Had somebody moved something meanwhile, the next reader would be told a wrong difference.
    if known is not None or mark_of(edition) == mark:
        keep(edition, mark, findings)
    come = told_findings(new, reader=reader)
    return {"whole": gone is None, "gone": gone or [], "come": come}


def after(
    act: Callable[[], Done], edition: Edition, *, asked: QueryDict, reader: User
) -> JsonResponse:
    """Do it, and answer with what is new; a refusal is a sentence, with what is new beside it."""
    refused: dict[str, Any] = {}
    done, status = None, 200
    try:
        done = act()
    except Unreadable as error:
        return JsonResponse({"error": str(error)}, status=400)
    except RequestDataTooBig:
        too_big = _("This is too much at once; nothing was changed. Move fewer sessions.")
        return JsonResponse({"error": too_big}, status=413)
    except Busy as error:
        return JsonResponse({"error": str(error)}, status=503)
    except NotPlaceable as error:
        refused, status = {"error": str(error)}, 422
    except Stale as error:
        sentences = [sentence_of(edition, change) for change in error.meanwhile]
        refused, status = {"error": str(error), "meanwhile": sentences}, 409
    new = whats_new(edition, heard=heard_by(asked) or Mark(0, ""), reader=reader, done=done)
    return JsonResponse(refused | new, status=status)


def heard_by(asked: QueryDict) -> Mark | None:
    """Read from an address, `?since=&stamp=`, what the reader knows; None for nonsense."""
    since = read_count(asked.get("since"))
    return None if since is None else Mark(since, asked.get("stamp", "")[:200])
