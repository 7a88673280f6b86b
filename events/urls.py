"""Addresses of what people do with events; the events themselves are pages and have their own."""

from django.urls import path

from events.views import attendance, booking, calendar, checking_in, desk, lists, team

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
    path("events/desk/", desk.sessions, name="desk_list"),
    path("events/desk/<uuid:key>/", desk.desk, name="desk"),
    path("events/desk/<uuid:key>/add/", desk.add, name="desk_add"),
    path("events/desk/<uuid:key>/capacity/", desk.capacity, name="desk_capacity"),
    path("events/desk/<uuid:key>/cancel/", desk.cancel, name="desk_cancel"),
    path("events/desk/<uuid:key>/write/", desk.write, name="desk_write"),
    path("events/desk/<uuid:key>/bookings/<uuid:booking_key>/<slug:do>/", desk.on_booking, name="desk_booking"),
    path("events/desk/<uuid:key>/dates/<uuid:date_key>/move/", desk.move, name="desk_move"),
    path("events/desk/<uuid:key>/dates/<uuid:date_key>/cancel/", desk.cancel_date, name="desk_cancel_date"),
    path("events/desk/<uuid:key>/dates/<uuid:date_key>/", attendance.attendance, name="attendance"),
    path("events/desk/<uuid:key>/dates/<uuid:date_key>/heads/", attendance.heads, name="attendance_heads"),
    path("events/desk/<uuid:key>/dates/<uuid:date_key>/others/", attendance.others, name="attendance_others"),
    path("events/desk/<uuid:key>/dates/<uuid:date_key>/add/", attendance.add, name="attendance_add"),
    path("events/desk/<uuid:key>/dates/<uuid:date_key>/code/", attendance.code, name="room_code"),
    path("events/desk/<uuid:key>/dates/<uuid:date_key>/<uuid:booking_key>/", attendance.mark, name="attendance_mark"),
    path("events/check-in/", checking_in.check_in, name="check_in"),
    path("events/check-in/<uuid:date_key>/", checking_in.checked_in, name="checked_in"),
    path("events/team/", team.team, name="team_bookings"),
    path("events/team/keep/", team.keep, name="team_keep"),
    path("events/team/book/", team.book_for, name="team_book"),
    path("events/team/<uuid:key>/<slug:do>/", team.on_booking, name="team_booking"),
    path("events/desk/<uuid:key>/needs/", lists.needs, name="desk_needs"),
    path("events/desk/<uuid:key>/<slug:name>.<slug:kind>", lists.export, name="desk_export"),
]
