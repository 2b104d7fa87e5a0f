"""Addresses of what is printed, below /<language>/."""

from django.urls import path

from sessions_app.paper import views

urlpatterns = [
    path("<slug:edition>/programme/<str:day>.pdf", views.day_pdf, name="day_pdf"),
    path("<slug:edition>/desk/paper/", views.paper, name="paper"),
    path("<slug:edition>/desk/paper/doors.pdf", views.doors_pdf, name="doors_pdf"),
]
