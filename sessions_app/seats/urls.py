"""Addresses of seats and stars, below /<language>/."""

from django.urls import path

from sessions_app.seats import views

urlpatterns = [
    path("<slug:edition>/me/seats/", views.seats, name="seats"),
    path("<slug:edition>/me/marks/", views.marks, name="marks"),
    path("<slug:edition>/me/seats/<slug:code>/", views.seat, name="seat"),
    path("<slug:edition>/me/seats/<slug:code>/take/", views.take, name="seat_take"),
    path("<slug:edition>/me/seats/<slug:code>/give-back/", views.give_back, name="seat_give_back"),
    path("<slug:edition>/me/seats/<slug:code>/star/", views.star, name="star"),
]
