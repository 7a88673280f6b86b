"""Mail, each occurrence told once: kinds of letters, the outbox, the mail server."""
