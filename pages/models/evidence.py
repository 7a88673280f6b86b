"""What the claims of a page rest on."""

from django.db import models


class EvidenceBasis(models.TextChoices):
    """What a page's claims rest on, from experience to trials; "tested, no clear benefit" is a finding too."""

    PRACTICE_WISDOM = "practice-wisdom", "Practice wisdom"
    ADAPTED = "adapted", "Adapted from a published method"
    SINGLE_STUDY = "single-study", "A single study"
    REVIEW = "review", "A review of studies"
    TRIAL_MIXED = "trial-mixed", "Trials, with mixed results"
    NO_CLEAR_BENEFIT = "no-clear-benefit", "Tested, no clear benefit"
