"""Addresses of the doors, below /<language>/; the worker's scope is the folder that it lies in."""

from django.urls import path

from forum.arrivals import views

BASE = "<slug:edition>/desk/check-in/"

urlpatterns = [
    path(BASE, views.check_in, name="check_in"),
    path(f"{BASE}worker.js", views.worker, name="check_in_worker"),
    path(f"{BASE}manifest.webmanifest", views.manifest, name="check_in_manifest"),
    path(f"{BASE}enrol/", views.enrol, name="check_in_enrol"),
    path(f"{BASE}scans/", views.scans, name="check_in_scans"),
    path(f"{BASE}people.json", views.people, name="check_in_people"),
    path(f"{BASE}search.json", views.search, name="check_in_search"),
    path(f"{BASE}counts/", views.counts, name="check_in_counts"),
    path(f"{BASE}undo/", views.undo, name="check_in_undo"),
]
