"""Who with, where, and without a printer, when they are said as such. Pure, no Django.

A bare “parents” or “school” is a subject and stays text; “with parents” and “at school” say what the visit is like.
The values are slugs of `practice/seed/vocabularies.toml`.
"""

from search.understanding.patterns.plain import any_of, meant_otherwise, reading

DET = r"(?:(?:my|our|the|an?|his|her|their|both|all|some|your|2|3) )?"
PARENT = (
    r"(?:(?:step|birth|adoptive|new) )?(?:parents?|carers?|mums?|mummy|moms?|mothers?|dads?|daddy|fathers?|"
    r"stepmums?|stepdads?|stepmothers?|stepfathers?|stepparents?)"
)
KIN = r"grand(?:ma|mas|mother|mothers|pa|dad|dads|father|fathers|parent|parents)|grans?|granny|nans?|nana|granddad"
# A term of art that begins with a word for company is about that term: “with family time”, “with the team manager”.
NOT_FAMILY = r"(?! (?:groups?|time|networks?|safeguarding|help|hubs?|support|conferences?|meetings?|trees?|courts?|"
NOT_FAMILY += r"maps?|therapy|law|life|history|plans?|planning|days?|centres?)(?: |$))"
FAMILY = rf"(?:whole |entire |extended )?(?:family|families){NOT_FAMILY}"
COMPANY = {
    "siblings": r"siblings?(?: groups?)?|(?:brothers?|sisters?)(?: (?:and|or) (?:brothers?|sisters?))?",
    "parent": rf"{PARENT}(?: (?:and|or) {DET}{PARENT})?",
    "family": FAMILY,
    "foster-carer": rf"(?:foster|kinship) (?:carers?|parents?|mums?|dads?|family|families)|kinship|{KIN}|"
    r"aunt(?:s|y|ie|ies)?|uncles?",
    "group": r"(?:small )?groups?(?! (?:conferences?|supervision)(?: |$))",
    "supervisor": r"supervisors?|(?:team |line )?managers?",
    "team": r"teams?(?! (?:around|managers?|leaders?|building)(?: |$))",
    "partner-agency": r"partner (?:agency|agencies|organisations?)",
}
ANY_COMPANY = any_of(COMPANY.values())
COMPANY_LABELS = {
    "child": "Child alone",
    "siblings": "With siblings",
    "parent": "With a parent or carer",
    "family": "With the whole family",
    "foster-carer": "With a foster or kinship carer",
    "group": "With a group",
    "worker": "Worker alone",
    "supervisor": "With a supervisor",
    "team": "With the team",
    "partner-agency": "With a partner agency",
}
SCHOOL = r"(?:(?:primary|secondary|special|infant|junior|high) )?school"
VISIT = r"(?:(?:on|for|during) )?(?:(?:an?|my|the|our) )?"
PLACES = {
    "home": rf"{VISIT}home visit(?:s|ing)?|at (?:(?:the|their|his|her) )?(?:own )?(?:family )?home",
    "school": rf"(?:at|in) {DET}{SCHOOL}|in {DET}classroom|{VISIT}school visits?",
    "car-or-walk": rf"in {DET}car|(?:in )?(?:a |the )?car (?:journeys?|rides?)|(?:out )?walking|on {DET}walks?|"
    r"(?:going )?for a walk",
    "office": rf"(?:in|at) {DET}office|{VISIT}office visits?",
    "family-centre": rf"(?:(?:at|in) {DET})?family (?:centres?|centers?)",
    "video-call": r"(?:(?:on|over|by|via) )?(?:a )?(?:video ?calls?|video visits?)|(?:on|over|via) (?:ms |microsoft )?"
    r"(?:teams|zoom)|(?:over|by) video|(?:online|virtual|remote) visits?",
    "hospital": rf"(?:in|at) {DET}hospital(?: ward)?|on {DET}(?:hospital )?ward|{VISIT}hospital visits?",
    "custody": rf"in (?:police |youth )?custody|(?:at|in) {DET}police station|in {DET}(?:secure unit|yoi)|"
    rf"{VISIT}custody visits?",
    "foster-home": rf"(?:(?:at|in) {DET})?foster homes?",
}
PLACE_LABELS = {
    "home": "At home",
    "school": "At school",
    "car-or-walk": "In the car or on a walk",
    "office": "In the office",
    "family-centre": "At a family centre",
    "video-call": "On a video call",
    "hospital": "In hospital",
    "custody": "In custody",
    "foster-home": "In a foster home",
}
TROUBLE = any_of(
    "safe unsafe life things happening problems trouble worries worry abuse violence bullying bullied".split()
)
# Between people, “with” tells of a tie or a quarrel and not of who is in the room.
TIE = (
    r"(?:contact|(?:family )?time|live|lives|lived|living|stay|stays|staying|placed|relationships?|conflict|disagree|"
    r"disagrees|disagreements?|argue|argues|arguing|arguments?|fight|fights|fighting|out|problems?|difficulties|angry|"
    r"cross|upset|rows?|reunited|reunite|bond|bonding|attachment|touch)"
)
PRINT = r"(?:print ?outs?|printing|printers?|prints?)"


def _with(slug: str, pattern: str):
    return reading("with", pattern, lambda match: slug)


READINGS = (
    *(_with(slug, rf"(?:together )?(?:with|w) {DET}(?:{who})") for slug, who in COMPANY.items()),
    _with("family", rf"(?:(?:for|as) )?(?:the |a )?whole {FAMILY}(?! (?:focus|approach|working|work|element)(?: |$))"),
    _with("group", rf"(?:in|as|for) {DET}{COMPANY['group']}"),
    _with("team", rf"as a {COMPANY['team']}"),
    _with("worker", r"(?:on my own|by myself|(?:the )?workers? alone|just me)"),
    _with("child", rf"(?:with )?{DET}(?:1 )?child(?:ren)? (?:alone|on (?:their|his|her|its) own)"),
    _with("child", rf"(?:on (?:their|his|her) own|alone with {DET}child)"),
    *(reading("setting", where, lambda match, slug=slug: slug) for slug, where in PLACES.items()),
    reading(
        "without",
        rf"no {PRINT}|without (?:an? |any |the )?{PRINT}|(?:cant|cannot|can not|dont|do not|no need to) print"
        rf"(?: (?:it|out|anything|things))?|(?:nothing|not) (?:to print|to be printed|printed)",
        lambda match: "print",
    ),
    meant_otherwise(rf"{TIE} with {DET}{ANY_COMPANY}"),
    meant_otherwise(rf"with {DET}(?:mums?|moms?|mothers?|dads?|fathers?) (?:new )?(?:boyfriend|girlfriend|partner)"),
    meant_otherwise(rf"{TROUBLE} (?:at home|(?:at|in) school)"),
    meant_otherwise(r"at home alone|(?:live|lives|living) on (?:their|his|her|my) own|walking on"),
    meant_otherwise(r"(?:impact|effects?|pressure|focus) on teams"),
)


def with_label(value: str) -> str:
    return COMPANY_LABELS[value]


def setting_label(value: str) -> str:
    return PLACE_LABELS[value]


def without_label(value: str) -> str:
    return {"print": "No printing"}[value]
