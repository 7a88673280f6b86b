"""What the hub promises people, as figures: read by rules, forms, mails, the privacy page and jobs."""

# How long the names and words of feedback are kept after a form closes; the form says so, and counts stay.
HUB_FEEDBACK_KEEP_MONTHS = 36

# How long questions to champions are kept after they were answered or closed.
HUB_QUESTION_KEEP_MONTHS = 12
# How long people's own entries of protected time are kept.
HUB_TIME_KEEP_MONTHS = 36
# How long what people asked to be provided (access, food) is kept after the last date.
HUB_PROVISION_DAYS = 28
# Results of fewer answers than this are hidden, and so is what subtraction would reveal.
HUB_FEWEST_ANSWERS = 5

# The hours in which offices are open. Offers, requests and waiting lists run out in them and at no other time
# (events/dates/working_days.py).
HUB_OFFICE_OPENS, HUB_OFFICE_CLOSES = 9, 17

# The code on the screen of a room is another one every so many minutes (events/attendance/room_codes.py).
HUB_ROOM_CODE_MINUTES = 3
# Who checks in more minutes after the start than this is on the list as late.
HUB_LATE_MINUTES = 10
# So long after a date somebody may say what happened, and an organiser is reminded of a list that is open.
HUB_MISSED_DAYS = 60
