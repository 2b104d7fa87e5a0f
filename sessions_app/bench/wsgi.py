"""What the benchmark's gunicorn serves: the site with the null view beside it."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "forum.settings")
settings.ROOT_URLCONF = "sessions_app.bench.urls"

application = get_wsgi_application()
