"""Names of people: the parts a badge sets apart, the key a list sorts by, and the form two spellings are compared in.

What a name's parts are can be known only by its owner. So a stated given or family name, or a stated sort key, always
wins; where nothing is stated, the first word is the given name and the rest the family name.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from ...event import Name

PARTICLES = frozenset(
    {"von", "vom", "zu", "zum", "zur", "van", "der", "den", "de", "het", "'t", "ten", "ter", "te", "af", "av", "y", "e"}
    | {"d'", "di", "da", "do", "dos", "das", "du", "des", "del", "della", "dello", "degli", "dei", "la", "le", "lo"}
    | {"los", "las", "bin", "bint", "binti", "ibn", "ben", "abu", "al", "el", "ul", "ap", "ab"}
)
"""Words that go with the family name; lists sort by the word after them where they are written in small letters."""

_ADDRESSES = frozenset(
    {"dr", "prof", "professor", "mr", "mrs", "ms", "mx", "sir", "dame", "herr", "frau", "mme", "mlle", "madame"}
)
"""Titles that are no name even where no full stop follows."""
_TITLES = _ADDRESSES | {"dipl", "ing", "mag", "hr", "fr", "sr", "sra", "srta", "dott", "drs", "pr"}
_SUFFIXES = frozenset(
    {"jr", "sr", "ii", "iii", "iv", "phd", "md", "msc", "bsc", "mba", "ma", "ba", "mph", "dphil", "esq"}
)
_BEHIND = frozenset({"jr", "phd", "dphil", "esq"})
_GENERATIONS = frozenset({"ii", "iii", "iv"})
"""Suffixes that follow a name without a comma."""
_JOINING = frozenset("&+")
"""Signs between two people in one cell."""
_VIETNAM = frozenset("ăđơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ")
"""Letters that no other language in Latin letters has together."""
_PATRONYMIC = (
    *("ович", "евич", "йович", "іч", "ьич", "кич", "мич", "овна", "евна", "ична", "івна", "ївна"),
    *("авіч", "евіч", "аўна", "еўна", "улы", "ұлы", "кызы", "қызы", "оглы", "оғлы"),
)
"""How patronymics end: the word before is the given name, and the family name stands at the other end."""
_VIETNAMESE = frozenset(
    [
        "nguyen",
        "tran",
        "le",
        "pham",
        "hoang",
        "huynh",
        "phan",
        "vu",
        "vo",
        "dang",
        "bui",
        "do",
        "ho",
        "ngo",
        "duong",
        "ly",
        "dinh",
        "truong",
        "lam",
        "mai",
        "trinh",
        "dao",
        "doan",
        "luong",
    ]
) | frozenset(
    {
        "luu",
        "ha",
        "cao",
        "ta",
        "thai",
        "chau",
        "quach",
        "kieu",
        "tong",
        "vuong",
        "phung",
        "to",
        "tang",
        "chu",
        "tieu",
        "trieu",
        "mac",
        "nghiem",
        "giang",
        "thach",
        "ton",
        "tu",
        "khuc",
        "luc",
        "mach",
        "lai",
        "la",
        "quan",
    }
)
"""The usual Vietnamese family names, folded; they are said first."""
_HEIRS = frozenset({"filho", "filha", "júnior", "junior", "neto", "neta", "sobrinho", "sobrinha", "jr"})
"""Words after a Portuguese family name that belong to it."""
_COUNTED = {"fr": frozenset({"du", "des", "la", "le", "les"})}
"""Particles that count in a language although they are written in small letters."""
_ALL_COUNT = ("nl-be", "it", "af")
"""Languages that file a name under its first particle: `van der Meer` under V in Flanders and South Africa."""
_PATRONYMICS = ("son", "dóttir", "dottir", "bur")
_FAMILY_FIRST = ("hu", "vi")
"""Languages in Latin letters that say the family name first."""
_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h"}
)
_SPACES = re.compile("[ \t\n\r]+")
_JOINED_TO = re.compile(r"(?:(?:al|el|ul)-|d['\u2019])(?=[^\W\d_])")
_JOINED = frozenset("-_/'`")
_HYPHENS = re.compile(r"[-\u2010-\u2015\u2212_/]")
_APOSTROPHES = re.compile(r"['\u2018\u2019\u02bb\u02bc`\u00b4]")
_EAST_ASIAN = (
    *(("\u3005", "\u3007"), ("\u3040", "\u30ff"), ("\u3400", "\u9fff"), ("\uac00", "\ud7af"), ("\uf900", "\ufaff")),
    ("\U00020000", "\U0003134f"),
)
"""First and last letter of Han, kana and Hangul: a pattern of them would take longer to compile than a list to read."""
_NO_NAME = re.compile(r'[="()<>@/]')
"""Signs with which a comma parts no family name from a given one."""
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_KATAKANA = re.compile("[\u30a0-\u30ff ]+")


def is_east_asian(text: str) -> bool:
    """Whether a text is all Han, kana and Hangul: names without a space in them, or with the family name first."""
    if text.isascii():
        return False
    return all(letter in " \u3000·・" or any(a <= letter <= z for a, z in _EAST_ASIAN) for letter in text)


@lru_cache(maxsize=1 << 13)
def fold(text: str) -> str:
    """A text without case, accents, hyphens, apostrophes or repeated spaces: two spellings of one name become equal.

    Only the combining marks of Latin, Greek and Cyrillic go (U+0300 to U+036F); in other scripts marks are letters.
    """
    if text.isascii():
        plain = text.lower()
        if _JOINED.isdisjoint(plain):
            return " ".join(plain.split())
    else:
        plain = unicodedata.normalize("NFKD", text.casefold()).translate(_LETTERS)
        plain = "".join(letter for letter in plain if not "\u0300" <= letter <= "\u036f")
    return " ".join(_HYPHENS.sub(" ", _APOSTROPHES.sub("", plain)).split())


def untitled(full: str) -> str:
    """A name without the titles before it, so that `Prof. Dr. Jan van der Meer` and `Jan van der Meer` are one."""
    words = full.split(" ")
    while len(words) > 2 and _is_title(words[0]):
        del words[0]
    return " ".join(words)


def core(folded: str) -> str:
    """A folded name without titles, degrees and brackets: `prof. ada king, phd` and `ada (addie) king` are `ada king`.

    `Jr.` and `III` stay: father and son are two people.
    """
    if "(" in folded or "[" in folded:
        folded = " ".join(_BRACKETS.sub(" ", folded).split()) or folded
    words = untitled(folded).split(" ")
    while len(words) > 2 and _bare(words[-1]) in _SUFFIXES - _GENERATIONS - {"jr", "sr"}:
        if not (words[-2].endswith(",") or _bare(words[-1]) in _BEHIND):
            break
        del words[-1]
        words[-1] = words[-1].rstrip(",")
    return " ".join(words)


def _is_title(word: str) -> bool:
    return _bare(word) in (_TITLES if word.endswith(".") else _ADDRESSES)


def slug(text: str) -> str:
    """A folded text as a key of letters, digits and hyphens: `santiago-cuesta-lopez`."""
    return "-".join(re.findall(r"\w+", fold(text).replace("_", " ")))


def name(
    full: str = "",
    given: str = "",
    family: str = "",
    sort: str = "",
    family_first: bool | None = None,
    language: str = "",
    own_language: str = "",
) -> Name:
    """A name from what is known of it; everything stated is kept as stated.

    `own_language` is what the person said, `language` what the list is in; they decide what nobody stated: under which
    part the name is filed (IFLA, Names of Persons, 4th edition, 1996) and, for the own language alone, which part is
    said first.
    """
    full, given, family, sort = _spaced(full), _spaced(given), _spaced(family), _spaced(sort)
    stated = bool(given or family or sort)
    if not full:
        full = _put_together(given, family, family_first, own_language)
    elif not given and not family:
        full, given, family, first = _parted(full)
        family_first = first if family_first is None else family_first
    elif given and not family:
        family = _rest(full, given)
    elif family and not given:
        given = _rest(full, family)
    if family_first is None and given and full.startswith(given + " "):
        family_first = False
    elif family_first is None:
        family_first = bool(family and given) and fold(full).startswith(fold(family)) and fold(family) != fold(given)
    sort = sort or _sorted(full, given, family, (own_language or language).lower())
    return Name(full, given, family, sort, family_first, stated)


def _spaced(text: str) -> str:
    """Without space around it and with single spaces; no-break spaces are letters of a name and stay."""
    return _SPACES.sub(" ", text).strip(" \u00a0\u202f\u3000\ufeff") if text else ""


def _put_together(given: str, family: str, family_first: bool | None, language: str) -> str:
    """The full name of two stated parts, in the order and with the space its letters and its language want."""
    if given and family and is_east_asian(given + family):
        if _KATAKANA.fullmatch(given + family):  # a name from elsewhere keeps its order
            return f"{family}・{given}" if family_first else f"{given}・{family}"
        return f"{given}{family}" if family_first is False else f"{family}{given}"
    if family_first is None:
        family_first = language.lower().split("-")[0] in _FAMILY_FIRST
    return " ".join(part for part in ((family, given) if family_first else (given, family)) if part)


def _rest(full: str, part: str) -> str:
    """What is left of a full name when a part at its start or end is taken away; nothing where it is neither."""
    if is_east_asian(full):
        rest = full.removeprefix(part) if full.startswith(part) else full.removesuffix(part)
        return "" if rest == full else rest.strip(" \u3000・·")
    if full.startswith(part + " "):
        return full[len(part) + 1 :]
    return full[: -len(part) - 1] if full.endswith(" " + part) else ""


def _parted(full: str) -> tuple[str, str, str, bool]:
    """A full name, its given and family part, and whether the family name comes first; parts are empty if unknown.

    What follows a name and is no part of it stays at its end: `III`, `, PhD`, `(they/them)`.
    """
    core = _without_tail(full)
    if core == full:
        return _halves(full)
    tail = full[len(core) :]
    made, given, family, first = _halves(core)
    if not family:
        return full, "", "", False
    return made + tail, given + tail if first else given, family if first else family + tail, first


def _without_tail(full: str) -> str:
    """A name without brackets, degrees and generations at its end; the whole where only one word would be left."""
    core = full
    if core[-1:] in ")]" and (opening := max(core.rfind(" ("), core.rfind(" ["))) > 0:
        core = core[:opening].rstrip()
        if " " not in core:
            return core
    while " " in core:
        before, _, last = core.rpartition(" ")
        said = _bare(last)
        if said not in _SUFFIXES or not (
            before.endswith(",") or said in _BEHIND or (said in _GENERATIONS and last.isupper())
        ):
            break
        before = before.rstrip(", ")
        if " " not in before:
            break
        core = before
    return core


def _halves(full: str) -> tuple[str, str, str, bool]:
    if full.count(",") == 1 and not _NO_NAME.search(full):
        before, after = (part.strip() for part in full.split(","))
        if before and after and " and " not in after and not all(_bare(word) in _SUFFIXES for word in after.split(" ")):
            return f"{after} {before}", after, before, False
    if is_east_asian(full):
        words = full.replace("\u3000", " ").split(" ")
        return (full, words[1], words[0], True) if len(words) == 2 else (full, "", "", False)
    words = full.split(" ")
    if len(words) > 1 and not full.isascii():
        if _is_vietnamese(full, words[0]):
            return full, " ".join(words[1:]), words[0], True
        if len(words) == 3 and words[2].casefold().endswith(_PATRONYMIC):
            return full, " ".join(words[1:]), words[0], True
        if len(words) == 3 and words[1].casefold().endswith(_PATRONYMIC):
            return full, " ".join(words[:2]), words[2], False
    if len(words) == 2 and full.istitle() and not _is_title(words[0]):
        return full, words[0], words[1], False
    if len(words) < 2 or (words[0].islower() and _bare(words[0]) in PARTICLES) or _JOINING & set(words):
        return full, "", "", False
    capitals = [len(_bare(word)) > 1 and word.isupper() for word in words]
    if not all(capitals):
        # French and many official lists mark the family name by capitals.
        run = capitals.index(False)
        if run:
            return full, " ".join(words[run:]), " ".join(words[:run]), True
        run = len(words) - capitals[::-1].index(False)
        if run < len(words):
            return full, " ".join(words[:run]), " ".join(words[run:]), False
    if len(words) == 2 and _is_title(words[0]):
        return full, "", words[1], False
    cut = 1
    while cut < len(words) - 1 and _is_title(words[cut - 1]):
        cut += 1
    while cut < len(words) - 1 and (words[cut][0] in '("“„«' or re.fullmatch(r"\w\.", words[cut])):
        cut += 1
    return full, " ".join(words[:cut]), " ".join(words[cut:]), False


def _is_vietnamese(full: str, first: str) -> bool:
    return fold(first) in _VIETNAMESE and not _VIETNAM.isdisjoint(full.casefold())


def _bare(word: str) -> str:
    return word.strip(".,").casefold().replace("\u2019", "'")


def _sorted(full: str, given: str, family: str, language: str) -> str:
    """`Family, Given particles`: small particles before the family name do not count, but where a language says so."""
    base = language.split("-")[0]
    if not family or (base == "is" and family.endswith(_PATRONYMICS)):
        return full
    if base in _ALL_COUNT or language in _ALL_COUNT:
        return f"{family}, {given}".rstrip(", ")
    before, main = _last_surname(family) if base == "pt" else ("", family)
    words = main.split(" ")
    lead = 0
    while lead < len(words) - 1 and words[lead].islower() and _bare(words[lead]) in PARTICLES:
        if _bare(words[lead]) in _COUNTED.get(base, ()):
            break
        lead += 1
    main = " ".join(words[lead:])
    # `al-Masri` and `d’Orbigny`: what is joined to the name steps behind it as well.
    joined = _JOINED_TO.match(main) if main[:1] in "aeud" else None
    behind = [joined[0]] if joined else []
    rest = " ".join(part for part in (given, before, *words[:lead], *behind) if part)
    return f"{main[joined.end() if joined else 0 :]}, {rest}".rstrip(", ")


def _last_surname(family: str) -> tuple[str, str]:
    """Portuguese and Brazilian family names: what stands before the last one, and the last with its particles."""
    words = family.split(" ")
    at = len(words) - 1
    if at and _bare(words[at]) in _HEIRS:
        at -= 1
    while at and words[at - 1].islower() and _bare(words[at - 1]) in PARTICLES:
        at -= 1
    return " ".join(words[:at]), " ".join(words[at:])
