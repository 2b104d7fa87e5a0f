"""Gives registrations of before what the new states ask for."""

from django.db import migrations

FORWARDS = """
    UPDATE forum_registration AS one SET
        started_at = one.registered_at,
        waiting_since = CASE WHEN one.confirmed_at IS NULL THEN one.registered_at END,
        region_id = (
            SELECT region_id FROM accounts_organisation WHERE id = one.organisation_id
        );
"""


class Migration(migrations.Migration):
    dependencies = [("forum", "0007_quotas_and_states")]

    operations = [migrations.RunSQL(FORWARDS, migrations.RunSQL.noop)]
