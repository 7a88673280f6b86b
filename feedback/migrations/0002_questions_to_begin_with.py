"""Needs and three sets of questions to begin with; a council changes them in the CMS."""

from django.db import migrations

NEEDS = [
    "Trauma and its effects",
    "Domestic abuse",
    "Alcohol and drugs in families",
    "Parents' mental health",
    "Neglect",
    "Working with fathers",
    "Direct work with young children",
    "Direct work with teenagers",
    "Disabled children and their families",
    "Culture, identity and bias",
    "Motivational interviewing",
    "Court and evidence",
    "Recording and analysis",
    "Supervision and reflection",
]
CONFIDENCE = "Not at all\nA little\nSomewhat\nQuite\nVery"
SETS = [
    (
        "After an event",
        "reaction",
        "Three minutes. Say what you think: it changes what we do next.",
        [
            ("scale", "It was worth the time it took", "", "", True),
            ("scale", "I can use what I took away in my work", "", "", True),
            ("scale", "How confident you were before", "Self-rated, looking back.", CONFIDENCE, False),
            ("scale", "How confident you are now", "Self-rated.", CONFIDENCE, False),
            ("text", "One thing I learned", "", "", True),
            ("need", "What I would like to learn next", "Choose up to three.", "", True),
            ("pledge", "One thing I will do", "Private to you. We show it to you again in six weeks.", "", True),
        ],
    ),
    (
        "Six weeks on",
        "six-weeks",
        "Six weeks have passed. What became of it?",
        [
            (
                "single",
                "Have you used it?",
                "",
                "Yes, more than once\nYes, once\nNot yet\nIt does not fit my work",
                True,
            ),
            ("text", "What happened when you did?", "", "", True),
            (
                "multiple",
                "What got in the way?",
                "",
                "Time\nNo occasion yet\nI would need more practice\nMy team works differently\nNothing",
                True,
            ),
        ],
    ),
    (
        "Twelve weeks on",
        "twelve-weeks",
        "Three months have passed. What is different?",
        [
            ("single", "Do you still use it?", "", "Often\nSometimes\nNo", True),
            ("text", "What has changed for the children and families you work with?", "", "", True),
            ("text", "What got in the way?", "", "", True),
            ("need", "What would help you to go further", "Choose up to three.", "", True),
        ],
    ),
]


def write(apps, schema_editor):
    need = apps.get_model("feedback", "LearningNeed")
    for order, label in enumerate(NEEDS):
        need.objects.get_or_create(label=label, defaults={"order": order})
    question_set, question = apps.get_model("feedback", "QuestionSet"), apps.get_model("feedback", "Question")
    for title, purpose, intro, questions in SETS:
        made, new = question_set.objects.get_or_create(title=title, defaults={"purpose": purpose, "intro": intro})
        for order, (kind, wording, help_text, choices, has_middle) in enumerate(questions if new else []):
            question.objects.create(
                question_set=made,
                sort_order=order,
                kind=kind,
                wording=wording,
                help=help_text,
                choices=choices,
                has_middle=has_middle,
            )


class Migration(migrations.Migration):
    dependencies = [("feedback", "0001_initial")]
    operations = [migrations.RunPython(write, migrations.RunPython.noop)]
