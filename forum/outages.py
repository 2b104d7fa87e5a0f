"""What people read while the database is away, and what the log says: a sentence, no trace."""

import logging
import sys
from http import HTTPStatus

from django.db import DatabaseError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import get_language_from_request, override
from django.views import defaults

RETRY_AFTER_SECONDS = 30
_CONNECTION_FAILED = "08"
_SERVER_STOPS_OR_STARTS = "57P"
_TOO_MANY_CONNECTIONS = "53300"
_NOT_MIGRATED = ("42P01", "42703")


def is_database_away(error: BaseException | None) -> bool:
    """Whether the server could not be reached, or went away; a query's own fault is not that."""
    if not isinstance(error, OperationalError):
        return False
    # Without a code nobody on the other side has answered.
    code = getattr(error.__cause__, "sqlstate", None) or _CONNECTION_FAILED
    return code.startswith((_CONNECTION_FAILED, _SERVER_STOPS_OR_STARTS, _TOO_MANY_CONNECTIONS))


def server_error(request: HttpRequest) -> HttpResponse:
    """Ask for patience with a 503 while the database is away; any other fault is a 500."""
    if not is_database_away(sys.exc_info()[1]):
        return defaults.server_error(request)
    with override(get_language_from_request(request, check_path=True)):
        # No context processors: they would look for the person and the messages.
        page = render_to_string("database_away.html", {"request": request})
    response = HttpResponse(page, status=HTTPStatus.SERVICE_UNAVAILABLE)
    response["Retry-After"] = str(RETRY_AFTER_SECONDS)
    response["Cache-Control"] = "no-store"
    return response


def sentence_about(error: DatabaseError) -> str:
    """Say to whom typed a command what is wrong with the database; "" when it is the command."""
    if is_database_away(error):
        return f"The database does not answer. {' '.join(str(error).split())}"
    if getattr(error.__cause__, "sqlstate", None) in _NOT_MIGRATED:
        return "The database lacks tables or columns. Run first: manage.py migrate"
    return ""


class InOneLine(logging.Filter):
    """Tells of a request that failed for want of the database in a line: there will be many."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Take the trace out of such a record; every record passes."""
        error = record.exc_info[1] if record.exc_info else None
        if is_database_away(error):
            why = " ".join(str(error).split())
            record.msg = f"{record.getMessage()}: the database does not answer. {why}"
            record.args, record.exc_info, record.exc_text = (), None, None
        return True
