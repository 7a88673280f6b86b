"""Taking out of the hub what somebody wrote about a child by mistake."""
