"""Addresses of seats and stars, below /<language>/."""

from django.urls import path

from sessions_app.seats import desk, views

DESK = "<slug:edition>/desk/seats/"

urlpatterns = [
    path("<slug:edition>/me/seats/", views.seats, name="seats"),
    path("<slug:edition>/me/marks/", views.marks, name="marks"),
    path("<slug:edition>/me/seats/<slug:code>/", views.seat, name="seat"),
    path("<slug:edition>/me/seats/<slug:code>/take/", views.take, name="seat_take"),
    path("<slug:edition>/me/seats/<slug:code>/give-back/", views.give_back, name="seat_give_back"),
    path("<slug:edition>/me/seats/<slug:code>/star/", views.star, name="star"),
    path(DESK, desk.seats, name="desk_seats"),
    path(f"{DESK}<slug:code>/", desk.people, name="desk_seats_people"),
    path(f"{DESK}<slug:code>/give/", desk.give, name="desk_seats_give"),
    path(f"{DESK}<slug:code>/move-up/", desk.move_up, name="desk_seats_move_up"),
    path(f"{DESK}<slug:code>/people.<slug:format>", desk.table, name="desk_seats_table"),
]
