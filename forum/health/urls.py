"""For the load balancer and for `make run`."""

from django.urls import path

from forum.health import views

urlpatterns = [
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
]
