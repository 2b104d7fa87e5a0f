"""A process of its own that makes badges, as a worker does.

Nothing of Django may be imported here before it is set up: a spawned process reads this file first.
"""

import time

from sessions_app.bench.servers import peak_memory


def make_alone(code: str) -> tuple[float, float]:
    """Make the batch `code`; return seconds, and the most megabytes that the process took."""
    import django

    django.setup()
    from django.utils import timezone

    from forum.badges.actions import make

    begun = time.perf_counter()
    make(code, clock=timezone.now)
    return time.perf_counter() - begun, peak_memory()
