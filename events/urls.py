"""Addresses of what people do with events; the events themselves are pages and have their own."""

from django.urls import path

from events.views import booking, calendar

urlpatterns = [
    path("events/book/<uuid:key>/", booking.book, name="book"),
    path("me/bookings/", booking.my_bookings, name="my_bookings"),
    path("me/bookings/<uuid:key>/", booking.my_booking, name="my_booking"),
    path("me/bookings/<uuid:key>/leave/", booking.leave, name="leave"),
    path("me/bookings/<uuid:key>/accept/", booking.accept, name="accept_offer"),
    path("me/bookings/<uuid:key>/pass/", booking.pass_on, name="pass_offer"),
    path("me/bookings/<uuid:key>/again/", booking.ask_again, name="ask_again"),
    path("me/bookings/<uuid:key>/hand-over/", booking.hand_over, name="hand_over"),
    path("me/bookings/<uuid:key>/join/", booking.join, name="join"),
    path("me/bookings/<uuid:key>/invite.ics", calendar.invite, name="invite_file"),
    path("me/calendar/", calendar.address, name="calendar_address"),
    path("me/calendar/<str:token>.ics", calendar.feed, name="calendar_feed"),
]
