"""Where letters go when no EMAIL_URL is set: each into a file that any mail program opens."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone

KIND_HEADER = "X-Forum-Letter"
"""Says why a letter was written; sign-in letters, which allauth writes, have none."""
_ODD = re.compile(r"[^\w@.+-]+")


class FolderBackend(BaseEmailBackend):
    """Writes `<time>-<kind>-<address>.eml`, so that a folder's list reads like a mailbox."""

    def __init__(self, **options: Any) -> None:
        super().__init__(fail_silently=bool(options.get("fail_silently")))
        self.folder = Path(options.get("file_path") or settings.EMAIL_FILE_PATH)

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Write each message whole or not at all: a reader never meets half a letter."""
        self.folder.mkdir(parents=True, exist_ok=True)
        for message in email_messages:
            path = self.folder / _name(message)
            draft = path.with_suffix(".part")
            body = message.message().as_bytes(linesep="\r\n")  # type: ignore[call-arg]
            draft.write_bytes(body)
            draft.rename(path)
        return len(email_messages)


def _name(message: EmailMessage) -> str:
    moment = timezone.localtime(timezone.now(), timezone.get_default_timezone())
    kind = message.extra_headers.get(KIND_HEADER, "sign-in")
    address = _ODD.sub("_", message.to[0])[:100] if message.to else "nobody"
    return f"{moment:%Y-%m-%d_%H-%M-%S-%f}-{kind}-{address}.eml"
