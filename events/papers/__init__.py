"""Papers of a session, drawn by a job: badges, lists to sign."""
