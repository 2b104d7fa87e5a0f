"""Every setting, read once from the environment, typed; nonsense is refused at the start.

Production names its servers in DATABASE_URL and REDIS_URL. Without them the project runs in the
*embedded default*: servers of its own under var/, the demo edition and the demo people.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import cast

import dj_database_url
from celery.schedules import crontab
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _
from environs import Env, EnvValidationError, validate

from forum.environment import DATABASE_SCHEMES, LOCAL_HOSTS, NO_SENDER, url_problem
from forum.mailing.email_url import email_settings

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"

# Every wrong value is collected, and told at the end of this file.
env = Env(eager=False)
EMBEDDED = env.bool("FORUM_EMBEDDED", default=False)
"""True when the servers named below are the ones that forum.embedded started under var/."""

DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = env.str("SECRET_KEY", default="")
SECRET_KEY_FALLBACKS: list[str] = env.list("SECRET_KEY_FALLBACKS", default=[])
"""Earlier keys, under which tickets were printed: they hold until the key is taken out here."""
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=list(LOCAL_HOSTS))
CSRF_TRUSTED_ORIGINS: list[str] = env.list("CSRF_TRUSTED_ORIGINS", default=[])
BASE_URL = env.str("BASE_URL", default="http://127.0.0.1:8000").rstrip("/")
"""Where the site stands, for the links in letters and calendar files."""
HTTPS = BASE_URL.startswith("https://")

DATABASE_URL = env.str("DATABASE_URL", default="")
if problem := url_problem("DATABASE_URL", DATABASE_URL, DATABASE_SCHEMES):
    raise SystemExit(f"The settings are refused. {problem}")
REDIS_URL = env.str("REDIS_URL", default="")
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default=f"Civil Forum <{NO_SENDER}>")

INSTALLED_APPS = [
    "modeltranslation",
    "accounts",
    "forum",
    "sessions_app",
    "accounts.apps.AdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "pgtrigger",
    "pghistory",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "crispy_forms",
    "crispy_bootstrap5",
    "import_export",
    "csp",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # A kept page needs nothing of what follows; the headers of the next two it brings along.
    "forum.editions.caching.KeptPages",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    # Signs the history of every write with the person who sent it.
    "pghistory.middleware.HistoryMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "forum.busy.BusyPages",
]
# Reading writes no history; asking who reads would open the session on every public page.
PGHISTORY_MIDDLEWARE_METHODS = ("POST", "PUT", "PATCH", "DELETE")
ROOT_URLCONF = "forum.urls"
WSGI_APPLICATION = "forum.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

# Data -------------------------------------------------------------------------------------------
DATABASES = {
    "default": {
        **dj_database_url.parse(DATABASE_URL or "postgresql://unset"),
        # Each thread keeps a connection. One that a restart of the server broke is replaced before
        # it is used; a server that is away is told in three seconds at most.
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"connect_timeout": 3, "tcp_user_timeout": 10_000},
        "TEST": {"TEMPLATE": "template0", "CHARSET": "UTF8"},
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {
        "BACKEND": "forum.caches.OptionalRedisCache",
        "LOCATION": REDIS_URL or "redis://unset",
        "KEY_PREFIX": "forum",
        # One that does not answer must not hold a page: it is rendered without.
        "OPTIONS": {"socket_connect_timeout": 2, "socket_timeout": 2},
    }
}

# Mail -------------------------------------------------------------------------------------------
EMAIL_URL = env.str("EMAIL_URL", default="")
"""How letters leave: smtp://, smtp+tls:// or smtps://user:password@host:port; unset, into var/."""
EMAIL_FILE_PATH = str(VAR_DIR / "mail")
try:
    locals().update(email_settings(EMAIL_URL))
except ImproperlyConfigured as error:
    raise SystemExit(f"The settings are refused. {error}") from None
MAIL_PER_MINUTE = env.int("MAIL_PER_MINUTE", default=0, validate=validate.Range(min=0))
"""How many letters the mail server takes in a minute from all senders together; 0: any number."""
MAIL_KEPT_DAYS = env.int("MAIL_KEPT_DAYS", default=400, validate=validate.Range(min=1))
"""How long a letter's text is kept: over a year, until the next forum has looked back at it."""
MAIL_LEASE_SECONDS = env.int("MAIL_LEASE_SECONDS", default=180)
"""After so long a sender that finished nothing counts as dead; a letter takes at most 120."""

# People -----------------------------------------------------------------------------------------
SESSION_ENGINE = "accounts.sign_in.sessions"
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
# E-mails are unique by a constraint on their lower case, which this check does not see.
# A letter is shown in the admin inside a frame of the same site, so X-Frame-Options is SAMEORIGIN.
SILENCED_SYSTEM_CHECKS = ["auth.W004", "security.W019"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "accounts.sign_in.adapter.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "accounts.sign_in.forms.SignInForm",
    "signup": "accounts.sign_in.forms.SignUpForm",
    "confirm_login_code": "accounts.sign_in.forms.SignInCodeForm",
    "confirm_email_verification_code": "accounts.sign_in.forms.EmailCodeForm",
}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_CHANGE = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_SESSION_REMEMBER = True
# Digits: a Cyrillic keyboard has no Latin letters, and А looks like A (README, Decisions).
ALLAUTH_USER_CODE_FORMAT = {"numeric": True, "dashed": False, "length": 6}
# We say that an e-mail is registered already: people share offices and mailboxes, and forget.
ACCOUNT_PREVENT_ENUMERATION = False
# Whole ministries and venues come from one address; guessing is held off by the per-key limits.
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", default=int(HTTPS), validate=validate.Range(min=0))
"""How many proxies in front append to X-Forwarded-For: past the last of them stands the visitor.

With too few, everybody would share the proxy's rate limits; with too many, visitors name their own.
"""
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXIES
ACCOUNT_RATE_LIMITS = {
    "signup": "60/m/ip",
    "login": "120/m/ip",
    "request_login_code": "60/m/ip,3/m/key,10/h/key",
    "login_failed": "30/m/ip,5/5m/key",
    "code_tried": "60/m/ip,10/10m/key",
    "search_organisations": "120/m/user",
    "speaking": "60/m/key",
    "verify": "60/m/ip",
    "verify_wrong": "20/m/ip",
    "speaking_wrong": "60/m/ip",
    "invited_wrong": "60/m/ip",
}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
ADMIN_SECOND_FACTOR = env.bool("ADMIN_SECOND_FACTOR", default=not EMBEDDED)
"""Whether staff need an authenticator app before the admin opens; the demo goes without."""
MFA_TOTP_ISSUER = "Civil Forum"

# Languages and time -----------------------------------------------------------------------------
LANGUAGE_CODE = "kk"
LANGUAGES = [("kk", _("Kazakh")), ("ru", _("Russian")), ("en", _("English"))]
# Ours, and what Django, allauth and other packages leave untranslated (they have little kk).
LOCALE_PATHS = [BASE_DIR / "locale", BASE_DIR / "locale/frameworks"]
FORMAT_MODULE_PATH = ["forum.formats"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Almaty"
MODELTRANSLATION_DEFAULT_LANGUAGE = "kk"
MODELTRANSLATION_FALLBACK_LANGUAGES = ("kk", "ru", "en")

# Pages ------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = env.path("STATIC_ROOT", default=VAR_DIR / "static")
STATIC_MANIFEST = env.bool("STATIC_MANIFEST", default=True)
"""Serve files under names that hold their content's hash; tests, which collect nothing, do not."""
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "forum.static_files.HashedFiles"
        if STATIC_MANIFEST
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
STATICFILES_DIRS = [
    BASE_DIR / "static",
    ("vendor/bootstrap", BASE_DIR / "node_modules/bootstrap/dist"),
    # The scanner's decoder, for browsers that read no QR codes themselves.
    ("vendor/qr", BASE_DIR / "node_modules/qr"),
    ("vendor/htmx", BASE_DIR / "node_modules/htmx.org/dist"),
    ("vendor/onest", BASE_DIR / "node_modules/@fontsource-variable/onest/files"),
    ("vendor/source-serif", BASE_DIR / "node_modules/@fontsource-variable/source-serif-4/files"),
]
MEDIA_ROOT = env.str("MEDIA_ROOT", default=str(VAR_DIR / "media") if EMBEDDED else "")
"""Where photos and materials lie. No server sends them from there: every byte passes a view."""
FILE_UPLOAD_HANDLERS = [
    "forum.uploads.Ceiling",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "form-action": [SELF],
        "frame-src": [SELF],
        "frame-ancestors": [SELF],
        "base-uri": [NONE],
    }
}
X_FRAME_OPTIONS = "SAMEORIGIN"
SECURE_SSL_REDIRECT = HTTPS
# A load balancer asks these inside, without TLS.
SECURE_REDIRECT_EXEMPT = ["^healthz$", "^readyz$"]
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None

# What is told of faults -------------------------------------------------------------------------
# A fault must reach the terminal: by itself Django would write of it to ADMINS, and here are none.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"outages": {"()": "forum.outages.InOneLine"}},
    "handlers": {"terminal": {"class": "logging.StreamHandler", "filters": ["outages"]}},
    "loggers": {
        "django": {"handlers": ["terminal"], "level": "INFO"},
        # Who asks for what is not there stands in the access log.
        "django.request": {"level": "ERROR"},
    },
}

# Work in the background -------------------------------------------------------------------------
CELERY_BROKER_URL = REDIS_URL or "redis://unset"
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TIMEZONE = "UTC"
CELERY_BEAT_SCHEDULER = "forum.health.heartbeats.Scheduler"
CELERY_BROKER_TRANSPORT_OPTIONS = {"socket_connect_timeout": 2, "socket_timeout": 15}
"""A broker that does not answer must not hold a request for minutes."""
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_IMPORTS = [
    "accounts.organisations.tasks",
    "accounts.sign_in.tasks",
    "forum.delegations.tasks",
    "forum.badges.tasks",
    "forum.approval.tasks",
    "forum.mailing.tasks",
    "forum.needs.tasks",
    "forum.registrations.tasks",
    "sessions_app.releases.tasks",
    "sessions_app.seats.tasks",
    "sessions_app.invitations.tasks",
    "sessions_app.timetable.tasks",
]
EVERY_MINUTE = {"schedule": 60.0, "options": {"expires": 55}}
"""What a minute's run did not get to, the next one does: runs must not pile up."""
CELERY_BEAT_SCHEDULE: dict[str, dict[str, object]] = {
    "sweep the outbox": {"task": "forum.mailing.tasks.sweep", **EVERY_MINUTE},
    "look after badges": {"task": "forum.badges.tasks.look_after", **EVERY_MINUTE},
    "write about the programme": {
        "task": "sessions_app.timetable.tasks.plan_letters",
        **EVERY_MINUTE,
    },
    "write about releases": {"task": "sessions_app.releases.tasks.plan_letters", **EVERY_MINUTE},
    "give free seats": {"task": "sessions_app.seats.tasks.plan_seats", **EVERY_MINUTE},
    "remind speakers to answer": {
        "task": "sessions_app.invitations.tasks.plan_letters",
        **EVERY_MINUTE,
    },
    "write to delegates and organisers": {
        "task": "forum.registrations.tasks.plan_letters",
        **EVERY_MINUTE,
    },
    "write to contacts of organisations": {
        "task": "forum.delegations.tasks.plan_letters",
        **EVERY_MINUTE,
    },
    "pass on offered places": {
        "task": "forum.registrations.tasks.pass_on_offers",
        **EVERY_MINUTE,
    },
    "erase needs": {"task": "forum.needs.tasks.erase_needs", "schedule": crontab(minute="17")},
    "carry decisions on": {"task": "forum.approval.tasks.sweep", **EVERY_MINUTE},
    # In the night of Kazakhstan; Celery's clock shows UTC.
    "erase old letters' texts": {
        "task": "forum.mailing.tasks.purge",
        "schedule": crontab(hour="21", minute="10"),
    },
    "look for organisations listed twice": {
        "task": "accounts.organisations.tasks.look_for_doubles",
        "schedule": crontab(hour="21", minute="40"),
    },
    "forget ended sessions": {
        "task": "accounts.sign_in.tasks.forget_ended_sessions",
        "schedule": crontab(hour="22", minute="30"),
    },
}

try:
    env.seal()
except EnvValidationError as error:
    _told = cast(Mapping[str, list[str]], error.error_messages)
    _wrong = "; ".join(f"{name}: {' '.join(said)}" for name, said in _told.items())
    raise SystemExit(f"The settings are refused. Correct in the environment: {_wrong}") from None
