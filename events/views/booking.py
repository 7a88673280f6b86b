"""Booking, and what became of it."""

from django.http import Http404


def book(request, key):
    raise Http404


def my_bookings(request):
    raise Http404


def my_booking(request, key):
    raise Http404
