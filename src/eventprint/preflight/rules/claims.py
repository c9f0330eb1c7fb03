"""What a file says of itself is true: its standard, its press, its facts; and every claim is proved again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ..document import Claim, Intent
from ..facts import Work
from ..limits import Weight
from ..wording import listed
from .registry import RULES, Finding, rule


def _claims(work: Work, *families: str) -> list[Claim]:
    return [claim for claim in work.file.document.claims if claim.family in families]


@rule("PF-001")
def _standard(work: Work) -> Iterator[Finding]:
    """The file is of a standard the shop asks for (GWG 2022, R0001).

    PDF/X is PDF without everything that prints differently from one machine to the next. A shop that asks for it
    runs such files without looking twice, and looks at all others by hand or sends them back.
    """
    wanted = work.spec.standards
    claims = [claim.name for claim in work.file.document.claims]
    if wanted and not any(claim == each or claim.startswith(f"{each}:") for claim in claims for each in wanted):
        press = [claim for claim in claims if claim.startswith("PDF/X")]
        what = f"says it is {listed(press)}" if press else "does not say that it is PDF/X"
        yield Finding(
            0,
            f"the file {what}; the shop takes {listed(wanted, 9)}",
            f"export it as {wanted[0]}, or ask whether it is taken as it is",
        )


@rule("PF-001b")
def _x4(work: Work) -> Iterator[Finding]:
    """A file that says it is PDF/X-4 has what that wants of a file as a whole (ISO 15930-7, 6).

    Programs at the shop look for these entries first; without them they do not treat the file as what it says it is.
    """
    document = work.file.document
    if not any(claim.name.startswith("PDF/X-4") for claim in document.claims):
        return
    hint = "export it as PDF/X-4 again"
    if not 1.3 <= document.version <= 1.6:
        yield Finding(0, f"it is PDF {document.version:g}; PDF/X-4 goes up to 1.6", hint)
    if not document.metadata:
        yield Finding(0, "it has no metadata (XMP)", hint)
    elif document.xmp is None:
        yield Finding(0, "its metadata (XMP) cannot be read", hint)
    else:
        for key in _X4_FACTS:
            if not document.xmp.get(key):
                yield Finding(0, f"its metadata does not have {key}", hint)
    for key in ("CreationDate", "ModDate"):
        if not document.info.get(key):
            yield Finding(0, f"its Info does not have {key}", hint)


_X4_FACTS = (
    *("pdfxid:GTS_PDFXVersion", "dc:title", "pdf:Trapped", "xmp:CreateDate", "xmp:ModifyDate", "xmp:MetadataDate"),
    *("xmpMM:DocumentID", "xmpMM:VersionID", "xmpMM:RenditionClass"),
)
"""ISO 15930-7, 6.10 and 6.11, as the handbooks of validators tell it."""


@rule("PF-001c", Weight.WARNING)
def _version(work: Work) -> Iterator[Finding]:
    """The file is not of a newer PDF than the shop's programs read.

    What an old program does not know it leaves out without a word: shadows, transparent colours, layers.
    """
    newest, has = work.spec.version, work.file.document.version
    if newest and has > newest + 1e-6:
        yield Finding(0, f"it is PDF {has:g}; the shop takes up to {newest:g}", f"export it as PDF {newest:g}")


@rule("PF-009b")
def _weight(work: Work) -> Iterator[Finding]:
    """The file is not larger than the shop takes.

    An upload that is too large breaks off, often without saying why.
    """
    most, has = work.spec.megabytes, work.file.document.size / 1_000_000
    if most and has > most:
        message = f"it has {has:.1f} MB; the shop takes {most:g} MB"
        yield Finding(0, message, "make its pictures smaller, or send it in the way the shop names for large files")


@rule("PF-020")
def _intent(work: Work) -> Iterator[Finding]:
    """The file says which press it is made for, and brings the profile along (GWG 2022, R0035).

    The same four inks look different on coated and uncoated paper. The profile tells the shop which colours were
    meant; without it colours are printed as they come.
    """
    hint = "export it for a printing condition such as FOGRA39, with its profile embedded"
    intents = [intent for intent in work.file.document.intents if intent.kind == "GTS_PDFX"]
    if not intents and (work.spec.standards or _claims(work, "X")):
        yield Finding(0, "it does not say which press it is made for (no output intent for PDF/X)", hint)
    if len(intents) > 1:
        yield Finding(0, "it says twice which press it is made for", hint)
    named = any(claim.name.startswith(("PDF/X-1", "PDF/X-3")) for claim in work.file.document.claims)
    for intent in intents:
        fault = _fault(intent, named and bool(intent.condition))
        if fault:
            yield Finding(0, f"the profile of its press {fault}", hint)


def _fault(intent: Intent, may_be_named: bool) -> str:
    """What is wrong with a press's profile; the older standards may name a registered one without bringing it."""
    if not intent.embedded:
        return "" if may_be_named else "is not in the file"
    if intent.profile is None:
        return "is no ICC profile"
    if intent.profile.kind != "prtr":
        return f"is not that of a press but of class {intent.profile.kind!r}"
    if intent.profile.space != "CMYK":
        return f"is not for the inks of a press but for {intent.profile.space}"
    if intent.components != intent.profile.channels:
        return f"has {intent.profile.channels} inks, and the file says {intent.components}"
    return ""


@rule("PF-020b")
def _archive_intent(work: Work) -> Iterator[Finding]:
    """A file that says it is PDF/A says what its colours mean (ISO 19005-2, 6.2.3).

    In thirty years nobody will know which screen or press was meant; a profile in the file says it.
    """
    if not _claims(work, "A"):
        return
    intents = [intent for intent in work.file.document.intents if intent.kind == "GTS_PDFA1"]
    hint = "export it as PDF/A again"
    if not intents and any(reading.devices for reading in work.file.readings):
        yield Finding(0, "it does not say what its colours mean (no output intent for PDF/A)", hint)
    for intent in intents:
        if intent.profile is None:
            yield Finding(0, "what says how its colours are meant is no ICC profile", hint)
        elif intent.profile.kind not in ("prtr", "mntr") or intent.components != intent.profile.channels:
            yield Finding(0, "the profile of its colours is not what the file says it is", hint)


@rule("PF-020c", Weight.OFF)
def _devices(work: Work) -> Iterator[Finding]:
    """Colours are of the kind that the file's profile is for (ISO 15930-7, 6.2; ISO 19005-2, 6.2.4.3).

    Red, green and blue lights mean nothing to a press that has inks, and inks nothing to a screen: each shop would
    convert them in its own way.
    """
    profiles = [intent.profile for intent in work.file.document.intents if intent.profile is not None]
    spaces = {profile.space for profile in profiles}
    if not spaces:
        return  # that none is there is a fault of its own
    for reading in work.file.readings:
        for kind in sorted(reading.devices - spaces - {"Gray"}):
            message = f"colours on it are in {kind}, and the profile of the file is for {listed(sorted(spaces))}"
            yield Finding(reading.number, message, f"convert them to {min(spaces)}")


@rule("PF-061")
def _agree(work: Work) -> Iterator[Finding]:
    """What the file says in two places is the same in both (ISO 15930-7, 6.11; ISO 19005-2, 6.6.3).

    Title, author and dates stand in the file twice. Programs read one or the other, and a job ticket printed from the
    wrong one sends the wrong file to the press.
    """
    document = work.file.document
    for key, other in _TWICE.items():
        one, two = document.info.get(key, ""), (document.xmp or {}).get(other, "")
        if one and two and _plain(key, one) != _plain(key, two):
            yield Finding(0, f"its {key} is “{one}” in one place and “{two}” in another", "export it again")


_TWICE = {
    "Title": "dc:title",
    "Author": "dc:creator",
    "Subject": "dc:description",
    "Keywords": "pdf:Keywords",
    "Creator": "xmp:CreatorTool",
    "Producer": "pdf:Producer",
    "CreationDate": "xmp:CreateDate",
    "ModDate": "xmp:ModifyDate",
}
"""Entries of Info and the facts of XMP that say the same (ISO 19005-2, table 1)."""


def _plain(key: str, words: str) -> str:
    """Dates as their figures to the second, since the two places write them differently; other words as they are."""
    if not key.endswith("Date"):
        return " ".join(words.split())
    return "".join(letter for letter in words.removeprefix("D:") if letter.isdigit())[:14]


@rule("PF-061b")
def _trapped(work: Work) -> Iterator[Finding]:
    """The file says, in the way that is laid down, whether its colours were made to overlap already.

    Where two colours meet the shop lets them overlap by a hair, so that no white shows. Done twice it shows as a dark
    line, so the file has to say True or False.
    """
    document = work.file.document
    told = document.trapped
    hint = "export it again; the answer is nearly always False"
    if told and told not in ("/True", "/False", "/Unknown"):
        yield Finding(0, f"its entry Trapped is {told} and not a name", hint)
    elif _claims(work, "X"):
        other = (document.xmp or {}).get("pdf:Trapped", "")
        if told not in ("/True", "/False"):
            yield Finding(0, "it does not say whether its colours overlap already (Trapped)", hint)
        elif other and other != told.lstrip("/"):
            yield Finding(0, f"Trapped is {told.lstrip('/')} in one place and {other} in another", hint)


@rule("PF-061c")
def _identified(work: Work) -> Iterator[Finding]:
    """The file has an identifier (ISO 15930-7, 6.1).

    By it a shop knows which version of a file it has got; without one a corrected file may be taken for the old one.
    """
    if work.file.document.named < 2:
        yield Finding(0, "it has no identifier (ID)", "save it again with another program")


PROOFS: Mapping[str, tuple[str, ...]] = {
    "X": (
        *("PF-004", "PF-005", "PF-010", "PF-020", "PF-020c", "PF-060", "PF-060b", "PF-060c", "PF-060e"),
        *("PF-060f", "PF-060g", "PF-060h", "PF-061", "PF-061b", "PF-061c"),
    ),
    "A": (
        *("PF-010d", "PF-011", "PF-020b", "PF-020c", "PF-060c", "PF-060d", "PF-060e", "PF-060f", "PF-060g", "PF-060h"),
        *("PF-060i", "PF-061c"),
    ),
    "UA": (
        *("PF-010d", "PF-011", "PF-011b", "PF-070", "PF-070b", "PF-070c", "PF-070d", "PF-070e", "PF-070f", "PF-070g"),
        *("PF-070h", "PF-070i", "PF-070j", "PF-060h"),
    ),
}
"""The rules that a claim of each family has to stand, whatever weight a spec gives them."""


def _proofs(claim: Claim) -> tuple[str, ...]:
    proofs = PROOFS.get(claim.family, ())
    if claim.name.startswith("PDF/X-4"):
        proofs += ("PF-001b",)
    if claim.level in ("a", "u"):
        proofs += ("PF-011b",)
    if claim.level == "a":
        proofs += ("PF-070", "PF-070i")
    return proofs


def broken(work: Work, claim: Claim) -> list[str]:
    """What breaks a claim, in words, the first fault of each rule; nothing where it holds as far as can be seen.

    A claim is proved once for a file.
    """
    if claim.name not in work.proofs:
        work.proofs[claim.name] = _faults(work, claim)
    return work.proofs[claim.name]


def _faults(work: Work, claim: Claim) -> list[str]:
    if claim.family not in PROOFS:
        return []
    if work.file.broken:
        return ["the file cannot be read"]
    if work.file.damaged:
        return [f"page {work.file.damaged[0][0]} cannot be read (PF-000)"]
    wanted = _proofs(claim)
    found = []
    for each in RULES:
        if each.id in wanted:
            first = next((finding for finding in each.check(work) if not finding.mild), None)
            if first is not None:
                where = f"page {first.page}: " if first.page else ""
                found.append(f"{where}{first.message} ({each.id})")
    return found


@rule("PF-080")
def _proved(work: Work) -> Iterator[Finding]:
    """What the file claims to be is true (every claim is proved again by the rules that belong to it).

    A shop that trusts a false label does not look: the fault is found on the press. A reader who needs a file that
    can be heard trusts the label as well.
    """
    for claim in work.file.document.claims:
        if faults := broken(work, claim):
            message = f"it says it is {claim.name}, which is not true: {listed(faults)}"
            yield Finding(0, message, "mend that, or take the claim out of the file")
