"""What rooms bring to work that a room below them does, by dotted names: a room never imports one above it."""

# What the hub does by itself beyond publishing and mail (see home/jobs/all.py).
JOBS = [
    "people.signing_in.way_back_in.send_due",
    "people.leaving.finish_leaving",
    "events.booking.approving.ask_due",
    "events.booking.lapsing.lapse",
    "events.mail.reminding.remind",
    "events.mail.feedback_forms.ask",
    "events.briefings.interest.tell_due",
    "events.briefings.interest.tell_of_needs",
    "events.booking.noting.notice",
    "events.mail.telling.tell_due",
    "events.mail.messages.send_due",
    "events.attendance.planned_time.plan_time",
    "events.booking.retention.forget",
    "feedback.answers.letting_in.let_in",
    "feedback.retention.forget",
    "learning.retention.forget",
    "champions.confirming.remind",
    "champions.retention.forget",
    "feedback.pledges.give_back",
    "guidance.tidying.tidy",
    "guidance.policies.coming_into_force.bring_into_force",
    "guidance.policies.versions.tell_due",
    "guidance.policies.consulting.forget",
    "assets.extraction.read_due",
    "assets.unfinished.forget",
    "pages.publishing.photographs.remind",
    "stories.consent.follow_up",
    "search.index.indexing.mend",
    "search.index.copying.catch_up",
    "search.meanings.encode_due",
    "search.unmet.forget",
    "notices.sending.forget",
    "events.papers.drawing.draw_due",
]

# Where words stand that name nobody, so that forms need not ask about them (see language/careful.py).
KNOWN_WORDS = [
    "practice.known_words.of_the_vocabulary",
    "people.team_words.of_teams",
    "search.understanding.synonyms.every_word",
]

# What ends or passes on when somebody leaves the service (people/leaving.py), in this order.
LEAVING = [
    "events.booking.leaving.end_bookings",
    "events.booking.leaving.pass_on_team_places",
    "events.booking.leaving.pass_on_sessions",
    "champions.leaving.close_profiles",
    "champions.leaving.pass_on_questions",
    "pages.publishing.leaving.pass_on_pages",
    "learning.leaving.leave_programmes",
    "feedback.leaving.want_no_more",
    "guidance.leaving.follow_no_more",
    "home.leaving.pass_on_team",
]

# What may wait for somebody in rooms that home/duties/table.py cannot name.
DUTIES = ["search.wishes.TO_DEAL_WITH"]
