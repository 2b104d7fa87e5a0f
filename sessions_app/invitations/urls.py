"""Addresses of a speaker's pages, below /<language>/: by the personal link, and at the desk."""

from django.urls import URLPattern, path

from sessions_app.invitations import desk, views
from sessions_app.invitations.doors import at_desk, by_link

LINK = "<slug:edition>/speaking/<slug:code>/<slug:secret>/"
DESK = "<slug:edition>/desk/speakers/"
PAGES = (
    ("confirm/", "confirm", views.confirm),
    ("decline/", "decline", views.decline),
    ("profile/", "profile", views.profile),
    ("times/", "times", views.times),
    ("photo/", "photo", views.photo),
    ("photo/delete/", "photo_removal", views.photo_removal),
    ("photo.jpg", "photo_file", views.photo_file),
    ("sessions/<slug:session>/file/", "material_new", views.material_new),
    ("files/<slug:material>/", "material_file", views.material_file),
    ("files/<slug:material>/delete/", "material_removal", views.material_removal),
)
"""What the speaker and the organisers do alike."""

urlpatterns: list[URLPattern] = [
    path(LINK, by_link(views.show), name="speaking"),
    *(path(LINK + end, by_link(view), name=f"speaking_{name}") for end, name, view in PAGES),
    path(DESK, desk.speakers, name="desk_speakers"),
    path(f"{DESK}invite/", desk.invite, name="desk_speakers_invite"),
    path(f"{DESK}remind/", desk.remind, name="desk_speakers_remind"),
    path(f"{DESK}<slug:code>/", at_desk(views.show), name="desk_speaker"),
    *(
        path(f"{DESK}<slug:code>/{end}", at_desk(view), name=f"desk_speaker_{name}")
        for end, name, view in PAGES
    ),
    path(f"{DESK}<slug:code>/link/", at_desk(desk.new_link), name="desk_speaker_link"),
    path(
        f"{DESK}<slug:code>/files/<slug:material>/publication/",
        at_desk(desk.publication),
        name="desk_speaker_publication",
    ),
]
