"""Sends uploaded files: every byte passes here, none is shown as a page of ours."""

from typing import Any

from django.db.models.fields.files import FieldFile
from django.http import FileResponse, Http404
from django.utils.translation import gettext as _

from sessions_app.sessions.models import Material
from sessions_app.speakers.models import Speaker


def send_material(material: Material) -> FileResponse:
    """Send the file to be saved, under the name that it had."""
    kind = material.content_type
    return _send(material.file, content_type=kind, as_attachment=True, filename=material.file_name)


def send_photo(speaker: Speaker) -> FileResponse:
    """Send the picture that we made of the photo."""
    return _send(speaker.photo, content_type="image/jpeg")


def _send(file: FieldFile, **how: Any) -> FileResponse:
    try:
        stream = file.open("rb")
    except (FileNotFoundError, ValueError) as error:
        raise Http404(_("There is no such file.")) from error
    response = FileResponse(stream, **how)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
