"""A process of its own that makes badges, as a worker does.

Nothing of Django may be imported here before it is set up: a spawned process reads this file first.
"""

import resource
import time


def make_alone(code: str) -> tuple[float, float]:
    """Make the batch `code`; return seconds, and the most megabytes that the process took."""
    import django

    django.setup()
    from django.utils import timezone

    from forum.badges.actions import make

    begun = time.perf_counter()
    make(code, clock=timezone.now)
    return time.perf_counter() - begun, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
