#!/usr/bin/env python
"""Django's command line for the Civil Forum."""

import os
import sys

from django.core.management import execute_from_command_line
from django.db import DatabaseError


def run(arguments: list[str]) -> None:
    """Run a command; what is wrong with the database itself is a sentence, and no trace."""
    try:
        execute_from_command_line(arguments)
    except DatabaseError as error:
        from forum.outages import sentence_about

        if "--traceback" in arguments or not (sentence := sentence_about(error)):
            raise
        sys.exit(sentence)


def main() -> None:
    """Run a command, on the embedded servers when the environment names none."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "forum.settings")
    if os.environ.get("DATABASE_URL") and os.environ.get("REDIS_URL"):
        run(sys.argv)
        return
    # Production never comes here, and never imports what starts the embedded servers.
    from forum import embedded, local

    try:
        with local.joined():
            run(sys.argv)
    except embedded.CannotStart as problem:
        sys.exit(str(problem))


if __name__ == "__main__":
    main()
