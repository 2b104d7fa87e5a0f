from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ForumConfig(AppConfig):
    name = "forum"
    verbose_name = _("Editions, registrations and letters")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from accounts.contacts import signals as contacts
        from accounts.organisations import signals as organisations
        from forum.checks import register_checks

        register_checks()
        # Connects the worker's sign of life to Celery's signals.
        from accounts.privacy.actions import consent_withdrawn
        from forum.delegations import contact_letters
        from forum.delegations import merging as delegations
        from forum.documents.actions import withdraw_invitations
        from forum.editions.actions import places_added
        from forum.health import heartbeats  # noqa: F401
        from forum.needs.actions import erase_withdrawn, hear_of_look
        from forum.registrations import merging
        from forum.registrations.offers import promote_into_added_places
        from forum.registrations.signals import needs_shown, place_lost

        places_added.connect(promote_into_added_places)
        consent_withdrawn.connect(erase_withdrawn)
        needs_shown.connect(hear_of_look)
        place_lost.connect(withdraw_invitations)
        organisations.merge_begins.connect(merging.hold_editions)
        organisations.organisations_merging.connect(merging.join_quotas)
        organisations.organisations_merging.connect(delegations.end_doubles)
        organisations.organisations_merged.connect(merging.fill_freed)
        contacts.contact_asked.connect(contact_letters.hear_of_asking)
        contacts.contact_confirmed.connect(contact_letters.hear_of_confirming)
        contacts.contact_ended.connect(contact_letters.hear_of_ending)
