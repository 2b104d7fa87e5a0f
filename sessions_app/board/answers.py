"""What the board's script is answered, and with which status a refusal comes."""

from collections.abc import Callable
from typing import Any

from django.http import JsonResponse, QueryDict

from accounts.locks import Busy
from accounts.users.models import User
from forum.editions.models import Edition
from sessions_app.board.access import mark_of
from sessions_app.board.asking import Unreadable, read_count
from sessions_app.board.changes import changes_since, sentence_of, told
from sessions_app.board.state import can_take_back, marks
from sessions_app.timetable.moves import NotPlaceable, Stale


def whats_new(edition: Edition, *, since: int, stamp: str, reader: User) -> dict[str, Any]:
    """Tell what happened to the draft after version `since`; `reread` where that is not all."""
    mark = mark_of(edition)
    answer: dict[str, Any] = {**marks(mark), "reread": stamp != str(mark.stamp), "changes": []}
    if mark.version == since:
        return answer
    # An older version than the reader's: the edition was taken from a backup.
    changes = changes_since(edition, since) if mark.version > since else None
    if changes is None:
        return answer | {"reread": True}
    return answer | {
        **can_take_back(edition, reader),
        "changes": told(edition, changes, reader=reader),
    }


def after(
    act: Callable[[], object], edition: Edition, *, asked: QueryDict, reader: User
) -> JsonResponse:
    """Do it, and answer with what is new; a refusal is a sentence, with what is new beside it.

    What the reader knows stands in the address, `?since=&stamp=`.
    """
    refused: dict[str, Any] = {}
    status = 200
    try:
        act()
    except Unreadable as error:
        return JsonResponse({"error": str(error)}, status=400)
    except Busy as error:
        return JsonResponse({"error": str(error)}, status=503)
    except NotPlaceable as error:
        refused, status = {"error": str(error)}, 422
    except Stale as error:
        sentences = [sentence_of(edition, change) for change in error.meanwhile]
        refused, status = {"error": str(error), "meanwhile": sentences}, 409
    since = read_count(asked.get("since")) or 0
    new = whats_new(edition, since=since, stamp=asked.get("stamp", ""), reader=reader)
    return JsonResponse(refused | new, status=status)
