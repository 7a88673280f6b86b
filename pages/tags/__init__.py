"""Tags put right: the CMS's screen and its verbs."""
