"""Words that point to harm: a plain list of phrases, and no reading of anyone's mood; nothing about a match is kept.

Where the list is not sure, it shows the signpost once too often: that costs three lines of reading, and stops nobody.
The daily subjects of health networks, such as suicide prevention or safeguarding training, are left out.
"""

import re
from collections.abc import Iterable

_PLAIN = str.maketrans("\u2018\u2019\u02bc`\u2010\u2011\u2013", "''''---", "\u200b")
"""Apostrophes and hyphens of every kind as on a keyboard, and no spaces of no width."""
_SUBJECT = (
    r"(?! (?:prevention|prevent\w*|awareness|strateg\w+|training|networks?|groups?|pathways?|services?|teams?|projects?"
    r"|rates?|data|statistics|audits?|polic\w+|guid\w+|bereavement|reviews?|week|leads?|research|support|figures"
    r"|workshops?|charit\w+|centres?|clinics?|plans?|programmes?|toolkits?|posters?|registers?|work)\b)"
)
"""Behind a word that such a thing makes the name of a subject: "self-harm pathway"."""
_SELF = r"(?:myself|yourself|himself|herself|themsel(?:f|ves)|ourselves)"
_WHOM = r"(?:me|him|her|them)"
_THEIR = r"(?:my|his|her|their)"
_FOLK = (
    r"(?:people|someone|somebody|patients?|residents?|child|children|kids?|baby|babies|mother|father|mum|dad|staff"
    r"|colleagues?|he|she|they|i|we)"
)
_WHO = (
    r"(?:he|she|they|who|someone|somebody|manager|boss|partner|husband|wife|ex|father|mother|dad|mum|son|daughter|brother"
    r"|sister|boyfriend|girlfriend|colleague|patient|relative|carer|consultant|doctor|nurse|man|woman|visitor)"
)
_ARE = r"(?:'s|'re|'m)?(?: (?:is|are|am|was|were|be|being|been|left|may|might|could|will|have|has|had|get|got|put))*"
_HOW = r"(?: (?:very|really|badly|seriously|being|so|quite|sexually|constantly|often|always|repeatedly))*"

_ONESELF = (
    rf"suicid(?:e|al)\b(?!-safe){_SUBJECT}",
    rf"(?:kill|hurt|harm)(?:s|ed|ing)? {_SELF}\b(?! laughing)",
    rf"cut(?:s|ting)? {_SELF}\b(?! (?:some|off|out|short|loose|down|in|a)\b)",
    rf"self[- ]?harm(?:s|ed|ing)?\b{_SUBJECT}",
    r"(?:want|wants|wanted|wish|wishes) to (?:die|be dead)\b",
    r"wish(?:es|ed)? (?:i|he|she|they) (?:was|were) (?:dead|never born)",
    r"(?:\w*n'?t|not|no longer|never) want to (?:live|be alive|wake up|be here any ?more|go on living)\b",
    r"(?:can't|cannot|can not|couldn't) go on (?:living|like this|any ?more)\b",
    r"better off (?:dead|without me)\b",
    r"no (?:point|reason) (?:in |to |for )?(?:living|live|being alive)\b",
    rf"(?:end|ending|ended) (?:it all|{_THEIR} (?:own )?li(?:fe|ves))\b",
    rf"(?:take|taking|takes|took|taken) {_THEIR} own li(?:fe|ves)\b",
    r"(?:took|take|takes|taken|taking) an overdose\b",
)
_VIOLENCE = (
    rf"{_WHO}(?: (?:has|have|had|once|just|then|often|always|keeps))* (?:hit|hits|hitting|beat|beats|beating|kicked"
    rf"|kicks|punched|punches|slapped|slaps|choked|bit|bites) {_WHOM}\b(?! (?:with (?:a |new |more )|to |hard with))",
    rf"(?:strangl|stalk|grop|rap|threaten|molest|assault)(?:es|ed|s|ing) (?:{_WHOM}|us|a patient|staff)\b",
    rf"(?:hits|beats|hitting|beating) {_THEIR} (?:wife|husband|partner|child\w*|son|daughter|mother|mum|father|dad)\b",
    rf"(?:was|were|been|being|got|is|are|am|i'm|feel|feels|felt){_HOW} (?:raped|assaulted|molested|groped|strangled"
    r"|trafficked|beaten up|abused|bullied|harassed|radicalised)\b(?! by (?:e-?mails?|forms|meetings))",
    r"sexual(?:ly)? (?:assaulted|harass(?:ed|es|ing|ment)|abused|exploited|touched)\b(?! (?:training|polic\w+))",
    r"bull(?:y|ies|ied|ying) (?:me|him|her|them|us|staff|colleagues|people|a colleague)\b",
    rf"abus(?:es|ed|ing) (?:{_WHOM}|us|{_THEIR} (?:wife|husband|partner|child\w*|mother|father)|patients?|children"
    r"|residents?|a child|a patient)\b",
    r"(?:suffer|experienc|flee|fled|escap|disclos|liv)\w* (?:from |with )?domestic (?:abuse|violence)\b",
    rf"(?:afraid|scared|frightened|terrified) of (?:him|her|them|{_THEIR} (?:partner|husband|wife|boss|manager|ex))\b",
    r"(?:afraid|scared|frightened|terrified) to go (?:home|to work)\b",
    r"threaten(?:s|ed|ing)? to (?:kill|hurt|harm|stab|attack|hit)\b",
    rf"(?:want|wants|wanted|going|tried|trying) to (?:kill|stab|hurt|harm) (?:him|them|her|someone|somebody|{_SELF})\b",
    r"forced to (?:marry|have sex)\b",
)
_AT_RISK = (
    rf"{_FOLK}{_ARE}{_HOW} (?:neglected|mistreated|abused|harmed)\b(?! (?:the|our|this|that|my|it|to)\b)",
    rf"{_FOLK}{_ARE} at (?:\w+ )?risk\b"
    r"(?! (?:of (?!harm|abuse|neglect|dying|suicide|being (?:hurt|harmed|abused))|register))",
    r"at (?:\w+ )?risk of (?:harm|abuse|neglect|dying|suicide|being (?:hurt|harmed|abused|killed))\b",
    rf"{_FOLK}{_ARE} in (?:\w+ )?danger\b(?! of (?!being (?:hurt|harmed|killed)|harm|dying))",
    rf"{_FOLK}{_ARE}(?: not|n't) safe\b(?! to\b)",
    r"(?:\w*n'?t|not|never) feel (?:\w+ )?safe\b(?! (?:to|saying|sharing|asking)\b)",
    r"(?:feel|feels|felt|feeling)(?: \w+)? unsafe\b",
    r"(?:ward|unit|home|shift|clinic|staffing|care) (?:is|was|feels|has become) (?:\w+ )?unsafe\b",
    r"unsafe (?:staffing|care|wards?|discharges?|shifts?)\b",
    rf"{_FOLK} (?:will|could|might|is going to|are going to) (?:soon )?(?:die|get hurt|be hurt|be killed|be harmed)\b",
    rf"{_FOLK} (?:nearly|almost) died\b(?! (?:of|from|when))",
    r"could have died\b(?! of)",
    r"(?:patient|resident|child|baby|someone) (?:has |had )?died (?:because|due to|after (?:we|they|nobody|no one))\b",
    r"safeguarding (?:concern|issue|worry|alert|incident|problem)s?\b|safeguarding worries\b",
    r"child protection (?:concern|issue|worry)s?\b",
)
_SPEAKING_UP = (
    r"cover(?:s|ed|ing)?[- ]up (?:a|an|the|that|what|for (?:a|an|the)) ?(?:serious |bad )?(?:death|mistake|error"
    r"|incident|harm|happened|abuse|he|she|they)\b",
    r"whistle-?blow(?:er|ing|n)?\b(?! (?:polic\w+|training|week|guid\w+|guardian))",
    r"falsif(?:y|ies|ied|ying)(?: the| our| these)? (?:records?|notes?|figures|data|results)\b",
    r"(?:told|asked|ordered) (?:me|us|him|her|them|staff) (?:not to (?:report|tell|record|write)"
    r"|to (?:keep quiet|lie))\b",
    r"keep(?:ing)? quiet about (?:a|an|the|what) ?(?:death|incident|mistake|error|harm|abuse|happened)\b",
)
_ALARM = re.compile(rf"(?<![\w-])(?:{'|'.join((*_ONESELF, *_VIOLENCE, *_AT_RISK, *_SPEAKING_UP))})", re.IGNORECASE)


def points_to_harm(texts: Iterable[str]) -> bool:
    """True if any of these texts holds one of the phrases, however it is spaced, and with whichever apostrophes."""
    return any(_ALARM.search(" ".join(text.translate(_PLAIN).split())) for text in texts)
