"""Addresses of badges at the desk, below /<language>/."""

from django.urls import path

from forum.badges import views

DESK = "<slug:edition>/desk/badges/"

urlpatterns = [
    path(DESK, views.badges, name="desk_badges"),
    path(f"{DESK}progress/", views.progress, name="desk_badges_progress"),
    path(f"{DESK}batches/<slug:code>.pdf", views.batch_pdf, name="desk_badges_file"),
    path(f"{DESK}batches/<slug:code>/again/", views.again, name="desk_badges_again"),
    path(
        f"{DESK}batches/<slug:code>/not-printed/", views.not_printed, name="desk_badges_not_printed"
    ),
    path(f"{DESK}<slug:code>.pdf", views.badge_pdf, name="desk_badge"),
]
