"""Events in the CMS: the form of a session and its screens."""
