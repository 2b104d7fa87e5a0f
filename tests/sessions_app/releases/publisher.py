"""An organiser in a process of their own, who publishes at the moment that is named.

Reads moments (as seconds, a line each) from standard input; at each it publishes the edition `12`
and tells of the release, and writes the release's number.
"""

import sys
import time

import django


def main() -> None:
    """Publish as often as told to."""
    django.setup()
    from django.utils import timezone

    from forum.editions.models import Edition
    from forum.mailing.planning import carry_out
    from sessions_app.releases.actions import publish
    from sessions_app.releases.planners import release_letters

    edition = Edition.objects.get(slug="12")
    for line in sys.stdin:
        time.sleep(max(0.0, float(line) - time.time()))
        release = publish(edition, by=None, note="", now=timezone.now())
        carry_out([release_letters], now=timezone.now())
        print(release.number, flush=True)


if __name__ == "__main__":
    main()
