"""A letter as it leaves: what Django makes of it, with a subject that every program reads."""

from email.header import Header
from typing import Any

from django.core.mail import EmailMultiAlternatives

LONGEST_LINE = 76


class Message(EmailMultiAlternatives):
    """Django's own fills a line with the subject's first word, without the name that precedes it.

    It would then be folded before that word, and some programs show a subject that begins with a
    blank.
    """

    def message(self, *args: Any, **kwargs: Any) -> Any:
        """Build it with a subject whose first line holds a word of it."""
        made = super().message(*args, **kwargs)
        subject = str(self.subject)
        # A break in a subject is Django's to refuse, and it did.
        if not subject.isascii():
            words = Header(subject, "utf-8", LONGEST_LINE, header_name="Subject").encode()
            del made["Subject"]
            made["Subject"] = " ".join(words.split())
        return made
