"""Gives each speaker an own secret, and each edition a draft."""

from django.db import migrations

from sessions_app.speakers.models import new_secret


def give_each_speaker_a_secret(apps, schema_editor):
    Speaker = apps.get_model("sessions_app", "Speaker")
    speakers = list(Speaker.objects.only("pk"))
    for speaker in speakers:
        speaker.link_secret = new_secret()
    Speaker.objects.bulk_update(speakers, ["link_secret"], batch_size=500)


def count_the_moves_so_far(apps, schema_editor):
    Edition = apps.get_model("forum", "Edition")
    Draft = apps.get_model("sessions_app", "Draft")
    Draft.objects.bulk_create(Draft(edition=edition, version=0) for edition in Edition.objects.only("pk"))


class Migration(migrations.Migration):

    dependencies = [("sessions_app", "0003_scheduling")]

    operations = [
        migrations.RunPython(give_each_speaker_a_secret, migrations.RunPython.noop),
        migrations.RunPython(count_the_moves_so_far, migrations.RunPython.noop),
    ]
