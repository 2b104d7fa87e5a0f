"""What gunicorn serves."""

import os
import sys

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from forum.environment import refuse_unsafe_start

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "forum.settings")

_GUNICORN_GIVES_UP = 3
"""On this exit status gunicorn stops; on any other it starts the worker again, for ever."""

try:
    refuse_unsafe_start(settings)
except SystemExit as refusal:
    print(refusal, file=sys.stderr)
    sys.exit(_GUNICORN_GIVES_UP)

application = get_wsgi_application()
