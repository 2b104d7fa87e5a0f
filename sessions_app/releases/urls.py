"""Addresses of the releases, below /<language>/; they stand before those of single sessions."""

from django.urls import path

from sessions_app.releases import views

urlpatterns = [
    path("<slug:edition>/desk/release/", views.desk_release, name="desk_release"),
    path("<slug:edition>/desk/releases/", views.desk_releases, name="desk_releases"),
    path(
        "<slug:edition>/desk/releases/<int:number>/revert/", views.desk_revert, name="desk_revert"
    ),
    path("<slug:edition>/programme/changes.atom", views.changes_feed, name="changes_feed"),
    path("<slug:edition>/programme/releases/", views.releases, name="releases"),
    path("<slug:edition>/programme/releases/<int:number>/", views.release, name="release"),
    path(
        "<slug:edition>/programme/releases/<int:number>/changes/",
        views.changes,
        name="release_changes",
    ),
]
