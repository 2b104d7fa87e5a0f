"""How long 18,000 letters take: two senders, each a process of its own, and a mail server beside.

Nothing of Django may be imported here before it is set up: a spawned process reads this file first.
"""

import multiprocessing
import os
import time
from typing import Any

from sessions_app.bench.servers import peak_memory

LETTERS, SENDERS = 18_000, 2
PARAGRAPH = '<p style="margin:0 0 16px;font:16px/1.5 Arial,sans-serif;color:#14232e">{text}</p>'
TEXT = "Ертеңгі бағдарлама: {number}-бөлме, ашылу салтанаты, пленарлық отырыс және сіздің орныңыз."
PARAGRAPHS = 40
"""Makes a letter of some twelve thousand bytes, as a day's programme is."""


def measure_sending(*, letters: int = LETTERS) -> dict[str, Any]:
    """Write the letters, let the senders send them, and count what arrived."""
    from forum import embedded
    from forum.mailing.models import Letter

    port, arrived = embedded.free_port(), multiprocessing.Value("i", 0)
    server = multiprocessing.Process(target=receive, args=(port, arrived), daemon=True)
    server.start()
    _write(letters)
    os.environ["EMAIL_URL"] = f"smtp://127.0.0.1:{port}"
    try:
        with multiprocessing.Pool(SENDERS) as pool:
            begun = time.perf_counter()
            sizes = pool.map(send_all, [f"bench-{number}" for number in range(SENDERS)], 1)
            seconds = time.perf_counter() - begun
    finally:
        del os.environ["EMAIL_URL"]
        server.terminate()
        server.join()
    sent = Letter.objects.filter(dedupe_key__startswith="bench:", sent_at__isnull=False).count()
    return {
        "letters": letters,
        "sent": sent,
        "arrived": arrived.value,
        "seconds": seconds,
        "mb": max(sizes),
    }


def send_all(name: str) -> float:
    """Send until nothing is due, and return the most megabytes that this process took."""
    import django

    django.setup()
    from forum.mailing import sending

    while sending.send_due(by=name):
        pass
    return peak_memory()


def receive(port: int, arrived: Any) -> None:
    """Be the mail server: take every letter, and count them."""
    from aiosmtpd.controller import Controller

    class Counting:
        async def handle_DATA(self, *_dialogue: object) -> str:
            arrived.value += 1
            return "250 taken"

    Controller(Counting(), hostname="127.0.0.1", port=port).start()
    while True:
        time.sleep(60)


def _write(count: int) -> None:
    from django.utils import timezone

    from forum.mailing.actions import draft, queue_many
    from forum.mailing.emails import Content
    from forum.mailing.models import LetterKind

    now, chunk = timezone.now(), 1000
    for first in range(0, count, chunk):
        letters = []
        for number in range(first, min(first + chunk, count)):
            text = TEXT.format(number=number)
            html = PARAGRAPH.format(text=text) * PARAGRAPHS
            content = Content("kk", f"Ертеңгі күн, {number}", f"{text}\n", html)
            letters.append(
                draft(
                    kind=LetterKind.DAY_SUMMARY,
                    key=f"bench:{number}",
                    edition=None,
                    content=content,
                    recipient=None,
                    address=f"p{number:05}@example.org",
                    now=now,
                )
            )
        queue_many(letters, now=now)
