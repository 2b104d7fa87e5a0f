"""What each rule looks at, for whom chooses how strict it is."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sessions_app.warnings.models import Rule

EXPLANATIONS: dict[Rule, str | Promise] = {
    Rule.ROOM_TWICE: _(
        "A shared room may hold several. No release with such a clash is ever published."
    ),
    Rule.SPEAKER_TWICE: _(
        "Unless an appearance says that the person may be elsewhere meanwhile. No release with"
        " such a clash is ever published."
    ),
    Rule.SPEAKER_AWAY: _("The session lies outside the times at which the speaker can come."),
    Rule.MODERATOR_AWAY: _("The session lies outside the times at which the moderator can come."),
    Rule.ROOM_AWAY: _("The session lies outside the times at which the room is free."),
    Rule.CHANGE_OF_ROOM: _(
        "Between two sessions in different buildings a speaker has less time than the way takes."
    ),
    Rule.ROOM_LACKS: _(
        "Interpretation, sign language, a hearing loop, step-free access or a live broadcast."
    ),
    Rule.ROOM_TOO_SMALL: _("The session's expected audience is above the room's seats."),
    Rule.SEATS_SHORT: _(
        "Nobody loses a seat when a session moves to a smaller room, but some would have to stand."
    ),
    Rule.SEATS_TWICE: _(
        "When a session moves to the time of another, who has seats in both has to choose."
        " It is said from three people on."
    ),
    Rule.BESIDE_PLENARY: _(
        "All delegates are at a plenary session or a ceremony. Breaks, fairs, registration and"
        " broadcasts may go on."
    ),
    Rule.TRACK_TWICE: _("Whoever follows the track has to choose between them."),
    Rule.OUTSIDE_DAYS: _("What begins at night belongs to the day before, as the edition says."),
    Rule.NOT_PLACED: _("The session stands in no room of the draft, and will not be published."),
    Rule.NO_MODERATOR: _(
        "Panel and breakout sessions, dialogue platforms and round tables need one."
    ),
    Rule.NO_KAZAKH_TITLE: _("The pages in Kazakh show the title in another language."),
    Rule.NO_RUSSIAN_TITLE: _("The pages in Russian show the title in another language."),
    Rule.SPEAKER_UNCONFIRMED: _("Someone in the programme has not said yes, or has said no."),
}
