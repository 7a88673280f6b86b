"""What organisers are asked for: briefings of teams, dates of events that have none."""
