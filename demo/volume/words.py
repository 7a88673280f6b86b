"""The words that volume is made of, and how much of each there is."""

from practice.models import Vocabulary

FIRST_NAMES = """
    Aisha Amelia Andrzej Anita Ben Bethan Callum Catherine Chidi Chloe Dariusz David Deepa Eilidh Ella Emeka Faisal
    Farah Fiona Gareth George Hana Harriet Hassan Helen Ibrahim Imogen Isaac Jade Jamal Joanna Kasia Kofi Laura Lewis
    Lucy Maryam Mateusz Megan Mohammed Nadia Naomi Niamh Oliver Olivia Owen Parveen Patrick Priya Rachel Rhys Rosa
    Samira Sean Shanice Simon Sofia Tariq Tomasz Victoria Yusuf Zara Zoe
""".split()
LAST_NAMES = """
    Ahmed Akhtar Allen Anderson Asante Bailey Baker Begum Bennett Brown Campbell Carter Chaudhry Clarke Cooper Davies
    Edwards Eze Evans Fletcher Foster Green Griffiths Hall Harris Hughes Hussain Jackson James Jones Kaur Kelly Khan
    King Kowalski Lewis Malik Mensah Mitchell Moore Morgan Murphy Nowak Okafor Osei Owusu Parker Patel Phillips Powell
    Price Rahman Roberts Robinson Shah Singh Smith Taylor Thomas Turner Walker Ward White Williams Wilson Wright
""".split()
AREAS = "north south east west harbour riverside hillside castle".split()
SERVICES = (
    "Assessment",
    "Safeguarding",
    "Children in care",
    "Leaving care",
    "Early help",
    "Disability",
    "Fostering",
    "Youth justice",
)
IN_A_TEAM = 12

SHAPES = (
    "Ladder",
    "Road",
    "Bridge",
    "Suitcase",
    "Tree",
    "Calendar",
    "Postcard",
    "Compass",
    "Kite",
    "Lantern",
    "Patchwork",
    "Toolbox",
    "Recipe",
    "Garden",
    "Playlist",
    "Shield",
    "Jigsaw",
    "Weather map",
    "Treasure chest",
    "Photo wall",
    "Island",
    "Lighthouse",
    "Rucksack",
    "Dial",
)
THEMES = (
    "a school day",
    "moving house",
    "a new baby",
    "people I trust",
    "big feelings",
    "saying sorry",
    "good nights",
    "time with Dad",
    "time with Mum",
    "two homes",
    "my phone",
    "money worries",
    "a brave thing",
    "the court day",
    "friends and not friends",
    "when it gets loud",
    "what I am good at",
    "a hospital stay",
    "new foster carers",
    "the way to work",
    "being left out",
    "my first weeks here",
    "food and meals",
    "words in our family",
    "coming home",
    "a promise kept",
    "what I want to change",
    "leaving school",
    "somebody who died",
    "calm places",
    "when drink is about",
    "small wins",
    "the plan so far",
    "secrets and surprises",
    "Saturday",
    "the people next door",
    "faith and festivals",
    "my body, my say",
    "becoming a parent",
    "what worked before",
)
COMPANIES = (
    "",
    "with brothers and sisters",
    "with a grandparent",
    "for under-fives",
    "for teenagers",
    "with an interpreter",
    "on a walk",
    "in the car",
    "with carers",
    "in a group",
    "by video",
    "before a conference",
)

STATES = {"current": 72, "due": 8, "overdue": 12, "withdrawn": 4, "draft": 4}
"""Out of a hundred tools."""
# Vocabulary to how many terms of it a tool carries, at least and at most.
CARRIED = {
    Vocabulary.NEED: (1, 3),
    Vocabulary.WITH: (1, 2),
    Vocabulary.SETTING: (1, 4),
    Vocabulary.METHOD: (1, 2),
    Vocabulary.STAGE: (1, 2),
    Vocabulary.MATERIALS: (1, 2),
    Vocabulary.ACCESS: (0, 2),
}
AGES = [(-1, 0), (0, 3), (2, 6), (4, 9), (4, 12), (6, 11), (8, 14), (11, 17), (13, 18), (16, 25), (None, None)]
MINUTES = [5, 10, 15, 20, 30, 30, 45, 60, 90]
ALWAYS_FILLED = ("say", "do", "if_worried")
FEWEST_WORDS, MOST_WORDS = 150, 400
