"""Finds where a sentence says that one thing comes of another, and no source says so."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.composing.generative.overstating.wording import any_of
from assistant.verification.comparing.meeting import Meeting
from assistant.verification.judgement import Finding, Mark, Outcome

NO_CAUSE = "The source does not say that the one comes of the other."
ONLY_ALONG = "The source says “{}”, not that the one causes the other."

# They join two statements into one that neither makes.
_JOINING = re.compile(
    r"\b(?:because(?: of)?|therefore|thus|hence|consequently|thereby|as a (?:result|consequence)"
    r"|which is why|for this reason"
    r"|due to|owing to|(?:suggesting|indicating|implying|meaning|showing|proving) that"
    r"|which (?:suggests|indicates|implies|means|shows|proves) that"
    r"|thanks to|on account of|leading to|resulting in|causing|making)\b"
    r"|(?:,|;|\band) so (?!that\b|far\b|on\b|called\b)|\b(?:which|and|that) (?:\w+ly )?(?:led to"
    r"|leads to|caused|causes|resulted in"
    r"|results in|explains?|explained)\b|\balthough\b|\bdespite\b|\bin spite of\b|\beven though\b",
    re.IGNORECASE,
)
_CAUSING = re.compile(
    r"\b(?:caus(?:e|es|ed|ing)|le(?:ads?|d) to|leading to|result(?:s|ed|ing)? (?:in|from)|due to|because"
    r"|owing to|thanks to|attributable to"
    r"|responsible for|drives?|drove|driven by|induc(?:e|es|ed)|trigger(?:s|ed)?|brings? about"
    r"|brought about)\b",
    re.IGNORECASE,
)
_ALONG = re.compile(
    r"\b(?:associat(?:ed|ion|ions)|correlat(?:e|es|ed|ion|ions)|linked|a link|predict(?:s|ed|ive)?"
    r"|predictors?|co-?occur\w*|coincid\w+"
    r"|related to|went along with|accompanied by)\b",
    re.IGNORECASE,
)
# A source may say in many words that one thing comes of another.
_CAUSAL = re.compile(
    r"\b(?:because|since|therefore|thus|hence|so|consequen\w+|thereby|as|due|owing|thanks|result\w*"
    r"|reason\w*|why|given|caus\w+|le(?:ads?|d)"
    r"|leading|mak(?:es?|ing)|made|driv(?:e|es|en|ing)|drove|induc\w+|trigger\w*|produc\w+|effects?"
    r"|affect\w*|influenc\w*|impact\w*|by"
    r"|through|via|mediat\w+|allow\w*|enabl\w+|permit\w*|help\w*|support\w*|contribut\w+|depend\w*"
    r"|explain\w*|attribut\w+|responsible"
    r"|promot\w+|facilitat\w+|which|thereof|from|with|when|after|offer\w*|provid\w+|improv\w+|reduc\w+"
    r"|increas\w+|decreas\w+|prevent\w*"
    r"|limit\w*|impair\w*|inhibit\w*|suppress\w*|enhanc\w+|if|to)\b",
    re.IGNORECASE,
)
# One after the other, or more of the one with more of the other: neither is a cause.
_AFTER = any_of(
    "after following upon during more less fewer often likely frequent* higher lower longer shorter earlier"
    " later"
)
_CONCEDING = re.compile(
    r"\b(?:although|though|despite|in spite of|even|but|however|yet|while|whereas|nevertheless|still"
    r"|regardless)\b",
    re.IGNORECASE,
)
_CONCESSION = re.compile(r"although|even though|despite|in spite of", re.IGNORECASE)
_DENYING = re.compile(r"\b(?:not|no|never|without|whether|may|might|could)\b|n['’]t\b", re.IGNORECASE)
# What joins outright: sources that stand side by side need one of these, not merely a "by" or a "with".
_JOINED = re.compile(
    r"\b(?:because|since|therefore|thus|hence|so|consequen\w+|thereby|as a result|due to|owing to"
    r"|thanks to|result\w* (?:in|from)|reasons?"
    r"|why|leading to|explain\w*|attribut\w+|responsible|contribut\w+|depend\w*|driven)\b",
    re.IGNORECASE,
)

# What a source may say of a cause without calling it one.
_JOINED_OR_DONE = any_of(
    "because therefore thus hence so consequen* thereby due owing thanks result* reason* why caus* lead"
    " leads led leading make"
    " makes made making drive drives driven drove induc* trigger* produc* effect* affect* influenc* impact*"
    " by through via"
    " mediat* allow* enabl* permit* help* contribut* depend* explain* attribut* responsible promot*"
    " facilitat* offer* provid*"
    " improv* reduc* rais* increas* decreas* prevent* limit* impair* inhibit* suppress* enhanc* toxic*"
    " adverse side bring*"
    " brought give* gave yield* creat* generat* form* cut turn* kill* activat* stimulat* boost* provok*"
    " elicit* risk* from which"
)


def causes(meeting: Meeting, *, are_several: bool) -> Iterator[Finding]:
    """Tell whether a sentence says that one thing comes of another, and its source does not.

    Args:
        meeting: The sentence beside its source, or several sources read as one.
        are_several: Whether they are several: then what joins them must stand in one of them outright.
    """
    claim, quote = meeting.claim.reading.text, meeting.quote.reading.text
    joining = _JOINING.search(claim)
    if joining:
        if _CONCESSION.fullmatch(joining.group()):
            if are_several and not _CONCEDING.search(quote):
                yield Finding(Outcome.DIFFERS, NO_CAUSE)
        elif are_several and not _JOINED.search(quote):
            yield Finding(Outcome.DIFFERS, NO_CAUSE)
        elif not _CAUSAL.search(quote):
            yield Finding(Outcome.LACKS, NO_CAUSE)
    along = _ALONG.search(quote)
    causing = _CAUSING.search(claim)
    is_moot = joining or along or _DENYING.search(claim)
    if causing and not is_moot and _AFTER.search(quote) and not _JOINED_OR_DONE.search(quote):
        yield Finding(Outcome.LACKS, NO_CAUSE)
    if along and causing and not (_CAUSING.search(quote) or _ALONG.search(claim) or _DENYING.search(claim)):
        yield Finding(Outcome.LACKS, ONLY_ALONG.format(along.group().lower()), (Mark(*along.span()),))
