from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps
from django.db import connection
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


def add_reference_data(sender: AppConfig, **_kwargs: object) -> None:
    """Keep regions and consent texts there after every migrate, and after a test's flush.

    Registration cannot work without them, so they are no matter of a command to remember.
    """
    from accounts.organisations.regions import ensure_regions
    from accounts.privacy.texts import ensure_texts

    # After `migrate accounts zero` the signal comes too, and the tables are gone.
    if sender.get_model("Region")._meta.db_table in connection.introspection.table_names():
        ensure_regions()
        ensure_texts()


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = _("People and organisations")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from accounts.contacts.merging import end_doubles
        from accounts.organisations.signals import organisations_merging

        post_migrate.connect(add_reference_data, sender=self)
        organisations_merging.connect(end_doubles)


class AdminConfig(admin_apps.AdminConfig):
    default_site = "accounts.sign_in.admin_site.AdminSite"
    default = False
