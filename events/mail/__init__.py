"""What booked people read: letters of a booking's life, reminders, calendars, feedback forms."""
