"""What `manage.py check` finds in the set-up, each with a hint; more of it with --deploy.

An unset or unsafe setting is an error where people would be harmed, and a warning where only
something of theirs would be missing.
"""

from collections.abc import Callable, Iterator, Sequence
from email.utils import parseaddr
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.db import DatabaseError, connections

from accounts.models import User
from accounts.users.demo import DEMO_EMAILS, DEMO_PASSWORD
from forum.environment import (
    DATABASE_SCHEMES,
    EMAIL_SCHEMES,
    LOCAL_HOSTS,
    NO_SENDER,
    REDIS_SCHEMES,
    WEB_SCHEMES,
    secret_key,
    secret_problem,
    url_problem,
    zones_problem,
)

OLDEST_POSTGRES = 140_000
EXTENSIONS = ("btree_gist", "pg_trgm")


def _listed(check: Callable[..., Iterator[CheckMessage]]) -> Callable[..., list[CheckMessage]]:
    def listed(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
        return list(check(app_configs, **kwargs))

    return listed


def settings_are_sane(_apps: object, **_kwargs: Any) -> Iterator[CheckMessage]:
    """Find what is unset, or no address at all; forum.E001 to E006."""
    if problem := secret_problem(secret_key(settings)):
        hint = "Set it to 50 or more random characters, and keep it secret and unchanged."
        yield Error(problem, hint=hint, id="forum.E001")
    for name, schemes, code in (
        ("DATABASE_URL", DATABASE_SCHEMES, "forum.E002"),
        ("REDIS_URL", REDIS_SCHEMES, "forum.E003"),
    ):
        value = getattr(settings, name)
        if problem := url_problem(name, value, schemes) or (None if value else f"{name} is unset."):
            hint = f"Set it to the server's address, such as {schemes[-1]}://host:port/name."
            yield Error(problem, hint=hint, id=code)
    if problem := url_problem("BASE_URL", settings.BASE_URL, WEB_SCHEMES):
        yield Error(problem, hint="It is where people open the site.", id="forum.E004")
    if problem := url_problem("EMAIL_URL", settings.EMAIL_URL, EMAIL_SCHEMES):
        hint = "Set it to smtp+tls://user:password@host:587, or leave it unset."
        yield Error(problem, hint=hint, id="forum.E005")
    if problem := zones_problem():
        yield Error(problem, hint="Install tzdata 2024a or newer.", id="forum.E006")


def deployment_is_safe(_apps: object, **_kwargs: Any) -> Iterator[CheckMessage]:
    """Find what a site open to the public must not have; forum.E101 to E109 and W101."""
    if settings.EMBEDDED:
        yield Error(
            "The site runs on the embedded servers.",
            hint="Set DATABASE_URL and REDIS_URL, and leave FORUM_EMBEDDED unset.",
            id="forum.E101",
        )
    if "*" in settings.ALLOWED_HOSTS:
        hint = "Set it to the names of the site, separated by commas."
        yield Error("ALLOWED_HOSTS lets every name in.", hint=hint, id="forum.E102")
    if set(settings.ALLOWED_HOSTS) <= set(LOCAL_HOSTS):
        hint = "Set it to the names of the site, separated by commas."
        yield Error("ALLOWED_HOSTS names this machine alone.", hint=hint, id="forum.E108")
    if not settings.BASE_URL.startswith("https://"):
        hint = "Set it to the site's address that begins with https://."
        yield Error("BASE_URL is not https.", hint=hint, id="forum.E103")
    if not settings.EMAIL_URL:
        hint = "Set it to your mail server's address; unset, letters only lie in var/mail/."
        yield Error("EMAIL_URL is unset: nobody would get a letter.", hint=hint, id="forum.E104")
    if parseaddr(settings.DEFAULT_FROM_EMAIL)[1] in ("", NO_SENDER):
        hint = "Set it to the address from which your mail server sends."
        yield Error("DEFAULT_FROM_EMAIL names no sender of yours.", hint=hint, id="forum.E109")
    if not settings.MEDIA_ROOT:
        hint = "Set it to a folder that all web servers share and that backups hold."
        yield Error("MEDIA_ROOT is unset: uploads have no place.", hint=hint, id="forum.E106")
    if not settings.ADMIN_SECOND_FACTOR:
        hint = "Leave ADMIN_SECOND_FACTOR unset."
        yield Error("The admin opens without a second factor.", hint=hint, id="forum.E107")
    for source in sorted((settings.BASE_DIR / "locale").rglob("*.po")):
        target = source.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
            name = source.relative_to(settings.BASE_DIR)
            hint = "Run manage.py compile_catalogues."
            yield Warning(f"{name} is not compiled.", hint=hint, id="forum.W101")


def nobody_from_the_demo(_apps: object, **_kwargs: Any) -> Iterator[CheckMessage]:
    """Find the demo people and anyone with their password, which everybody knows; forum.E105."""
    try:
        with_password = User.objects.exclude(password="").only("email", "password")
        found = {
            person.email
            for person in with_password
            if person.has_usable_password() and person.check_password(DEMO_PASSWORD)
        }
        found |= set(User.objects.filter(email__in=DEMO_EMAILS).values_list("email", flat=True))
    except DatabaseError as error:
        hint = "Run it where the database answers, after manage.py migrate."
        why = f"Nobody could look for demo people: {type(error).__name__}."
        yield Warning(why, hint=hint, id="forum.W102")
        return
    if found:
        yield Error(
            f"Demo people or their password are present: {', '.join(sorted(found))}.",
            hint="Delete these people, or load the forum into an empty database.",
            id="forum.E105",
        )


def servers_are_new_enough(
    _apps: object, *, databases: Sequence[str] | None = None, **_kwargs: Any
) -> Iterator[CheckMessage]:
    """Find a PostgreSQL that is too old or lacks an extension; forum.E201 and E202."""
    for alias in databases or ():
        with connections[alias].cursor() as cursor:
            cursor.execute("SELECT current_setting('server_version_num')::int")
            (version,) = cursor.fetchone()
            cursor.execute("SELECT name FROM pg_available_extensions")
            available = {name for (name,) in cursor.fetchall()}
        if version < OLDEST_POSTGRES:
            hint = "Use PostgreSQL 14 or newer."
            yield Error(f"PostgreSQL is {version // 10000}.", hint=hint, id="forum.E201")
        for missing in sorted(set(EXTENSIONS) - available):
            hint = "Install the server's contrib package."
            yield Error(f"PostgreSQL lacks {missing}.", hint=hint, id="forum.E202")


def register_checks() -> None:
    """Hand our checks to Django, once, when the app is ready."""
    register(_listed(settings_are_sane))
    register(_listed(deployment_is_safe), Tags.security, deploy=True)
    register(_listed(nobody_from_the_demo), Tags.security, deploy=True)
    register(_listed(servers_are_new_enough), Tags.database)
