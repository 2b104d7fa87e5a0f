#!/usr/bin/env python
"""Django's command line for the Civil Forum."""

import os
import sys

from django.core.management import execute_from_command_line


def main() -> None:
    """Run a command, on the embedded servers when the environment names none."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "forum.settings")
    if os.environ.get("DATABASE_URL") and os.environ.get("REDIS_URL"):
        execute_from_command_line(sys.argv)
        return
    # Production never comes here, and never imports what starts the embedded servers.
    from forum import embedded, local

    try:
        with local.joined():
            execute_from_command_line(sys.argv)
    except embedded.CannotStart as problem:
        sys.exit(str(problem))


if __name__ == "__main__":
    main()
