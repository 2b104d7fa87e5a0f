"""What the board's script is answered, and with which status a refusal comes."""

from collections.abc import Callable
from typing import Any

from django.http import JsonResponse, QueryDict

from accounts.locks import Busy
from accounts.users.models import User
from forum.editions.models import Edition
from sessions_app.board.asking import Unreadable, read_count
from sessions_app.board.changes import changes_since, sentence_of, told
from sessions_app.board.marks import mark_of
from sessions_app.board.state import can_take_back
from sessions_app.board.warned import told_findings
from sessions_app.timetable.moves import NotPlaceable, Stale
from sessions_app.warnings.access import Finding, findings_of


def whats_new(
    edition: Edition,
    *,
    since: int,
    stamp: str,
    reader: User,
    findings: list[Finding] | None = None,
) -> dict[str, Any]:
    """Tell what happened to the draft after version `since`; `reread` where that is not all.

    `findings` are what is wrong with it now, where that is known already.
    """
    mark = mark_of(edition)
    answer = {**mark.told(), "reread": stamp != mark.stamp, "changes": []}
    if mark.version == since:
        return answer
    # An older version than the reader's: the edition was taken from a backup.
    changes = changes_since(edition, since) if mark.version > since else None
    if changes is None:
        return answer | {"reread": True}
    now_wrong = findings_of(edition) if findings is None else findings
    return answer | {
        **can_take_back(edition, reader),
        "changes": told(edition, changes, reader=reader),
        "findings": told_findings(edition, now_wrong, reader=reader),
    }


def after(
    act: Callable[[], list[Finding]], edition: Edition, *, asked: QueryDict, reader: User
) -> JsonResponse:
    """Do it, and answer with what is new; a refusal is a sentence, with what is new beside it.

    What the reader knows stands in the address, `?since=&stamp=`.
    """
    refused: dict[str, Any] = {}
    findings, status = None, 200
    try:
        findings = act()
    except Unreadable as error:
        return JsonResponse({"error": str(error)}, status=400)
    except Busy as error:
        return JsonResponse({"error": str(error)}, status=503)
    except NotPlaceable as error:
        refused, status = {"error": str(error)}, 422
    except Stale as error:
        sentences = [sentence_of(edition, change) for change in error.meanwhile]
        refused, status = {"error": str(error), "meanwhile": sentences}, 409
    since, stamp = read_count(asked.get("since")) or 0, asked.get("stamp", "")
    new = whats_new(edition, since=since, stamp=stamp, reader=reader, findings=findings)
    return JsonResponse(refused | new, status=status)
