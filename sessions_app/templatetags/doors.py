"""Leads from one page about a speaker to the next, by the door through which one came."""

from django import template

from sessions_app.invitations.doors import Door

register = template.Library()


@register.simple_tag
def door_url(door: Door, page: str, **more: str) -> str:
    """Return the address of a page about the speaker: `{% door_url door "photo" %}`."""
    return door.address(page, **more)
