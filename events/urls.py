"""Addresses of what people do with events; the events themselves are pages and have their own."""

from django.urls import path

from events.views import booking

urlpatterns = [
    path("events/book/<uuid:key>/", booking.book, name="book"),
    path("me/bookings/", booking.my_bookings, name="my_bookings"),
    path("me/bookings/<uuid:key>/", booking.my_booking, name="my_booking"),
]
