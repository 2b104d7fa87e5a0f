"""Takes uploads in up to a ceiling; of a larger one only the size is kept, for the form to say."""

import io
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopFutureHandlers

CEILING = 40 * 1024 * 1024
"""In bytes, for a whole request; what may be uploaded in one is at most 25 MB."""


class Ceiling(FileUploadHandler):
    """Stands before Django's handlers: without it a stranger's gigabyte would lie on the disk."""

    too_large = False

    def handle_raw_input(
        self,
        input_data: Any,  # noqa: ARG002
        META: Any,  # noqa: ARG002
        content_length: int,
        boundary: Any,  # noqa: ARG002
        encoding: Any = None,  # noqa: ARG002
    ) -> None:
        """Look at the length that was announced; a body without one is not read at all."""
        self.too_large = content_length > CEILING

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Keep the file from the handlers that would store it."""
        super().new_file(*args, **kwargs)
        if self.too_large:
            raise StopFutureHandlers

    def receive_data_chunk(
        self,
        raw_data: bytes,
        start: int,  # noqa: ARG002
    ) -> bytes | None:
        """Let the data go, or pass it on."""
        return None if self.too_large else raw_data

    def file_complete(self, file_size: int) -> UploadedFile | None:
        """Return an empty file that says how large it was."""
        if not self.too_large:
            return None
        return UploadedFile(io.BytesIO(), self.file_name, self.content_type, file_size)
