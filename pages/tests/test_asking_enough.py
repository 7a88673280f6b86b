"""How well it is noticed what points to a child: a hundred sentences that must ask, a hundred that must not."""

import pytest

from language.personal_details import clues
from practice.known_words import words_in

# What a hub of this size knows beside its vocabulary; the real lists are tried in test_careful.py.
KNOWN = words_in(
    [
        "CIN CP EHCP DSL TAF GP PSW IRO EPO ICPC MASH CAMHS LADO SW FGC MDT SALT PEP DA SEN SENCO TA PRU YOT SDQ PR",
        "Three Houses Words and Pictures Signs of Safety Social GRACES genogram ecomap Kolb Mosaic Mentimeter Coram",
        "Assessment team, north; Children with disabilities team; Wizards and Fairies; Padlet; Barnardo’s; Schwartz",
    ]
)

ASK = """
JB did not want to talk to me
I saw KT on Tuesday and she was quiet
J sat under the table
J's mum rang me
I gave the feelings cards to J
Then R said that he was afraid
It helped with M, who never speaks
Tell TJ's school about it
ABC is a child in my caseload
I tried this with J and K
Child A told me about the shed
the boy, MB, ran off
J.B. was at school
K. is at home again
Mr B came to the meeting
Mrs K did not open the door
Miss T is her teacher
We visited L at home
When S came into care he had nothing
Jayden wont talk
jayden wont talk to me
aisha drew three houses
kayleigh liked the cards
It went well with Mohammed
I used it with Ellie-Mae’s brother
Brixley hid. Then Brixley ran off
a boy called tobiasz who does not speak
a girl named zofia will not eat
a child known as ziggy
his name is brixley and he hides
her name was oluwaseun
My son's friend is called Tobiasz
the baby, whose name is Arlo, cries
brixley aged 7 will not come
Kai, 7, hides under the table
Jayden (9) draws all day
Rosie who is 6 was scared
his sister Rose was there
my boy Tobi likes trains
her brother Zane hit her
the mum, Shanice, was upset
She was born on 3 April 2019
DOB 3/4/2019
d.o.b. 2019-04-03
born in March 2019 and placed in June
his birthday is 3 April
he is 7 years and 3 months old
date of birth 03.04.19
it happened on 12/03/2026
we met on 4 March 2026 at the court
NHS number 943 476 5919
943 476 5919
case 104233
case number 104233
Mosaic ID 204518
Liquidlogic no. 7741209
see LL1234567
UPN H801200001001
ref 2026/104233 or ref: 884412
NI number QQ 12 34 56 C
ring her on 07700 900123
mum’s mobile is 07700900123
call +44 7700 900123
write to kai@example.org
his account is @kai_09
find her at @zofia.xo on TikTok
they live in PO1 2AB
PO4 9XY is where it was
they moved to PO5
12 Harbour Lane is where they live
12 harbour lane is where they live
14b Albert Road
the family in flat 3 next door
Flat 12b, top floor
he goes to Westbrook Primary
St Mary’s School rang me
at Northfield Academy they say
she left Harbour Nursery last week
Oakfield Junior school is worried
The Kowalski family is new here
the Okafor children
I met Mrs Kowalski
talk to Shanice about it
He lives with nan, Doreen, in town
It was for Zane and his mum
His foster carer is Pat Nowak
In Portchester everybody knows them
The judge in the Hadley case said
mum works at Tesco in Fratton
The accident on the Eastern Road was in the news
I asked Tyler's worker
When it's T's turn he hides
I tried it because C wanted to draw
can you help D with his worries
I met up with JJ after school
Is it fine to do this with KLM?
A's mum has left
A said that she was afraid
a family called nowak from my patch
what would you do if N ran away
"""

QUIET = """
The day was well run and I learned a lot.
More time for practice in pairs, please.
I will try the scaling question with two families this month.
The room was cold and the sound was poor.
Reading about genograms
Preparing for supervision
Watching a film about trauma, 20 minutes
I could not come because of a CP conference.
Court all day, sorry.
Duty rota changed at short notice.
EHCP meeting ran over.
I had a CIN visit that could not wait.
DSL training for schools would help.
TAF meetings are where I would use this.
The GP never comes to these meetings.
It was useful for my work as a PSW.
A boy of seven hides under the table. What would you do?
A girl of 14 does not want to talk to me.
The mother said that nobody had asked her before.
How do I begin when a child does not speak?
A child drew the house of worries first.
Tips for a quiet 5-year-old?
I need a step-free way and a seat near the door.
Captions, please.
Vegan, no nuts.
I would like to sit near the front.
Please bring your own laptop.
We start at 9.30 and end at 12.
Bring paper and pens.
Lunch is at 12.30, in the hall.
The session moves to room B on Monday.
Go to hall C, then up the stairs.
Option A is better than option B.
Vitamin D helps, they said.
Plan B is to meet online.
Year R and year 6 both liked it.
I read section C twice.
Group A begins, group B listens.
Everyone from team D came.
I give it a B and would come again.
From A to Z it was well prepared.
I was there and I liked it.
The Q and A was too short.
AND PLEASE MORE TIME FOR QUESTIONS
PLEASE DO NOT change the room again.
This is NOT what I expected.
We need to ask ALL children, not ANY one.
Can we do this on Teams?
Is there a version in Polish or Urdu?
We used Signs of Safety and Three Houses.
My favourite was Words and Pictures.
Social GRACES made me think.
Motivational interviewing should come next.
Kolb and his circle are still new to me.
I want to learn about domestic abuse and DA tools.
More on SEN and how to work with a SENCO.
SALT colleagues should be invited.
MASH and CAMHS were both there.
Half of 20 people had used it.
In 2026, 550 of 600 came.
Age 4 to 16, 30 minutes, KSS7 and PS3.
It took 45 minutes instead of 30.
At 10.30 the fire alarm went off.
Two teams first, the rest in spring.
It begins with the north.
The link on page 4 does not work.
The second picture has no description.
This page says 30 minutes but it takes an hour.
Version 2 should be out by now.
The form for step 3 is missing.
The review date has passed.
The word “contact” means something else in court.
I agree with the new policy, but not with the deadline.
Who answers for this when the manager is on leave?
Tuesdays 9.30 to 11, from February
Our team meeting, any Thursday afternoon
After Easter would suit us
First week of the month, mornings
Not during the school holidays
The children were loud, so we went outside.
Children aged 7 to 11 like it best.
For a child aged 5 the words are too hard.
Siblings aged 4 and 6 did it together.
Young people said that it was boring.
Parents liked that they could write themselves.
The foster carer read it aloud.
He was called back to work.
She called yesterday to say sorry.
The tool is called what it is.
A worker named as lead should sign.
The name is too long for the badge.
Somebody called the police during the visit.
I saw the good in it at once.
The police officer was kind and clear.
Their social worker had changed three times.
Mum and Dad both came, and Gran too.
I asked, and he said yes.
Next time with an interpreter.
Is the high school part of it?
My primary task is to listen.
"""


def sentences(text: str) -> list[str]:
    return [line for line in text.strip().splitlines() if line]


def test_there_are_a_hundred_of_each():
    assert len(sentences(ASK)) == 100
    assert len(sentences(QUIET)) == 100


@pytest.mark.parametrize("noticed", [True, False], ids=["what points to somebody asks", "what does not is let through"])
def test_sentences_are_told_apart(noticed):
    wrong = [line for line in sentences(ASK if noticed else QUIET) if bool(clues(line, known=KNOWN)) != noticed]
    assert wrong == []
