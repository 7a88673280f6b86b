"""Booking: the lock, the verbs, the times. No other folder writes the state of a booking."""
