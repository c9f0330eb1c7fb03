"""Sorting by the rules of a language: a key for a text, and the letter an index files it under.

The Unicode Collation Algorithm (UTS #10) with the order and the rules of `data/collation`, as a list of names wants it:
nothing comes before something, so a space counts; a hyphen counts as a space; other punctuation, the apostrophe
included, does not count at all. Knows nothing of what a name's parts are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from unicodedata import category, digit, normalize

from .shelves import shelf

_COMMON = 5
"""The weight of no accent and of small letters, with room below; 1 ends a field, 0 a level."""
_BEFORE = 3
"""How far below a letter begin the writings of it that a language puts before it."""
_FIRST_MARK = 100
_APART = 10
"""Between the weights of two accents lies room for those a language puts between them."""
_SYLLABLES = 0x2C00
_HAN = 0x80000
"""How many places the Hangul syllables and the Chinese characters take, which go by a number of their own."""
_RULE = re.compile(r"\[(?!before)[^]]*\]|&(?:\[before [12]\])?|<{1,3}|=|/|[^\[\]&<=/\s]+")
_PREPOSED = re.compile("([\u0e40-\u0e44])([\u0e01-\u0e2e])|([\u0ec0-\u0ec4])([\u0e81-\u0eae])")
"""Vowels that Thai and Lao write before the consonant they follow (UTS #10, 3.7)."""
_ROWS = "あかさたなはまやらわ"
_INITIALS = "ㄱㄱㄴㄷㄷㄹㅁㅂㅂㅅㅅㅇㅈㅈㅊㅋㅌㅍㅎ"
_LONG_VOWEL = "\u30fc"


class _Letter:
    """What sorts as one letter: its writings, its script, and its weight among all letters of a language."""

    __slots__ = ("script", "texts", "weight")

    def __init__(self, script: str, texts: Iterable[str], weight: str = "") -> None:
        self.script, self.texts, self.weight = script, list(texts), weight


_Element = tuple[_Letter | None, int, int]
"""A collation element: the letter, None for an accent alone; the weight of its accent; that of its case."""


class Collator:
    """Keys by which texts stand in the order of one language; `collator` makes it."""

    def __init__(self, rules: str) -> None:
        self._scripts: dict[str, list[_Letter]] = {}
        self._known: dict[str, list[_Element]] = {}
        self._as: dict[str, str] = {}
        self._settings: dict[str, list[str]] = {}
        self._root()
        self._tailor(rules)
        self._han = self._settings.get("han", [""])[0]
        self._capitals_first = "caseFirst" in self._settings
        self._backwards = "backwards" in self._settings
        self._starts = self._weighted()
        several = sorted((text for text in self._known if len(text) > 1), key=lambda text: (-len(text), text))
        joined = "".join(f"{re.escape(text)}|" for text in several)
        self._split = re.compile(f"(?:{joined}.)[\u0300-\u036f]*", re.DOTALL).findall
        self._weights: dict[str, tuple[str, str, str]] = {}

    def key(self, *fields: str) -> str:
        """A text that compares as the fields do: the letters of all of them, then accents, then case, then the rest.

        So an accent of the family name counts only where the given names have the same letters. Two keys are equal
        only where the fields are, up to canonical equivalence.
        """
        weights = self._weights
        levels: list[list[str]] = [[], [], []]
        plain = [normalize("NFC", field) for field in fields]
        for field in plain:
            for part in self._split(field if field.isascii() else _PREPOSED.sub(r"\2\1\4\3", field)):
                found = weights.get(part)
                if found is None:
                    found = weights[part] = self._weigh(part)
                levels[0].append(found[0])
                levels[1].append(found[1])
                levels[2].append(found[2])
            for level in levels:
                level.append("\1")
        letters, accents, cases = map("".join, levels)
        if self._backwards:
            accents = "\1".join(part[::-1] for part in accents.split("\1"))
        return "\0".join((letters, accents, cases, *plain))

    def filed(self, sort: str) -> str:
        """The key of a name as lists sort it, `Family, Given`: two fields, so none runs on into the other."""
        return self.key(*sort.split(", ", 1))

    def heading(self, text: str) -> str:
        """The letter an index files a text under, `#` for a figure; empty where it has neither.

        Kana go by rows and Hangul by initial consonants. Chinese characters go by the letter of their pinyin where the
        language does; elsewhere each stands for itself.
        """
        for part in self._split(normalize("NFC", _PREPOSED.sub(r"\2\1\4\3", text))):
            for letter, _, _ in self._elements(part):
                if letter and letter.script != "space":
                    return self._heading(letter)
        return ""

    def _heading(self, letter: _Letter) -> str:
        shown = letter.texts[0]
        match letter.script:
            case "digits":
                return "#"
            case "Kana":
                return next((row for row in _ROWS[::-1] if self._letter(row).weight <= letter.weight), shown)
            case "Hang":
                return _INITIALS[(ord(shown) - 0xAC00) // 588]
            case "Hani":
                return _pinyin()[shown][1] if self._han == "pinyin" and shown in _pinyin() else shown
        if "ا" in letter.texts:  # Arabic files it together with the hamza, and calls both by its name
            return "ا"
        if shown[0].title() == shown[0]:  # Georgian has capitals, but writes no word with one alone
            return shown
        return next((text for text in letter.texts if text[0].isupper()), shown.title())

    def _letter(self, text: str) -> _Letter:
        letter = self._elements(text)[0][0]
        assert letter is not None
        return letter

    # The order that holds everywhere, and what a language does differently

    def _root(self) -> None:
        self._scripts["space"] = [_Letter("space", " ")]
        self._scripts["digits"] = [_Letter("digits", figure) for figure in "0123456789"]
        for script, texts in _table():
            if script == "as":
                self._as = {text[0]: text[1:] for text in texts}
            elif script == "marks":
                marks = enumerate(texts)
                self._known |= {mark: [(None, _FIRST_MARK + _APART * at, 0)] for at, mark in marks}
            else:
                self._scripts[script] = letters = [_Letter(script, text) for text in texts]
                for letter in letters:
                    for case, text in enumerate(letter.texts):
                        self._known[text] = [(letter, _COMMON, case)]

    def _tailor(self, rules: str) -> None:
        """Apply rules in the notation of CLDR (UTS #35, part 5), as far as `data/collation/languages.txt` uses it."""
        at: list[_Element] = []
        last = sign = ""
        before = False
        for word in _RULE.findall(rules):
            if word[0] == "[":
                name, *values = word[1:-1].split()
                self._settings[name] = values
            elif word[0] in "&<=/":
                sign = word
                before = word == "&[before 1]" or (before and word == "<")
            elif sign[0] == "&":
                *start, (letter, accent, case) = self._elements(normalize("NFC", word))
                at = [*start, (letter, accent - _BEFORE if "2" in sign else accent, case)]
            elif sign == "/":
                self._known[last] = [*self._known[last], *self._elements(word)]
            else:
                last = normalize("NFC", word)
                at = self._placed(last, sign, at, before)
                before = False

    def _placed(self, text: str, sign: str, at: list[_Element], before: bool) -> list[_Element]:
        """The elements of a text that a rule puts behind others, or before them."""
        letter, accent, case = at[-1]
        for old, _, _ in self._known.get(text, ()):
            if old and text in old.texts:
                old.texts.remove(text)
        if sign == "<":
            assert letter is not None
            letters = self._scripts[letter.script]
            new = _Letter(letter.script, [text])
            letters.insert(letters.index(letter) + (not before), new)
            self._known[text] = [(new, _COMMON, 0)]
            return self._known[text]
        if letter and len(at) == 1:
            letter.texts.append(text)
        ends = {"<<": (letter, accent + 1, 0), "<<<": (letter, accent, case + 1), "=": at[-1]}
        self._known[text] = [*at[:-1], ends[sign]]
        return self._known[text]

    def _weighted(self) -> dict[str, int]:
        """Give each letter its weight, the language's own scripts first; the first weight of each script."""
        first = self._settings.get("reorder", [])
        starts: dict[str, int] = {}
        weight = _COMMON
        for script in dict.fromkeys(["space", "digits", *first, *self._scripts]):
            starts[script] = weight
            for letter in self._scripts[script]:
                letter.weight = chr(weight)
                weight += 1
            weight += {"Hang": _SYLLABLES, "Hani": _HAN}.get(script, 0)
        return starts

    # A text as elements

    def _weigh(self, part: str) -> tuple[str, str, str]:
        elements = self._elements(part)
        # Capitals first: a whole capital before a mixed one before a small one.
        case = _COMMON
        if self._capitals_first:
            case += 16 * (2 - part.isupper() - (part != part.lower()))
        return (
            "".join(letter.weight for letter, _, _ in elements if letter),
            "".join(chr(accent) for _, accent, _ in elements),
            "".join(chr(case + each) for _, _, each in elements),
        )

    def _elements(self, text: str) -> list[_Element]:
        if text in self._known:
            return self._known[text]
        if len(text) == 1:
            return self._single(text)
        for end in range(len(text) - 1, 1, -1):
            if text[:end] in self._known:
                return [*self._known[text[:end]], *self._elements(text[end:])]
        # An accent that makes a letter of the language wins, also over one that stands closer to the letter.
        whole = normalize("NFD", text)
        letter, marks = whole[0], whole[1:]
        others = []
        for mark in marks:
            joined = normalize("NFC", letter + mark)
            if joined in self._known:
                letter = joined
            else:
                others.append(mark)
        rest = "".join(others)
        return [*self._elements(letter), *(self._known.get(rest) or self._each(others))]

    def _each(self, texts: Iterable[str]) -> list[_Element]:
        return [element for text in texts for element in self._elements(text)]

    def _single(self, character: str) -> list[_Element]:
        """The elements of a character that no table has."""
        if "\uac00" <= character <= "\ud7a3":
            weight = chr(self._starts["Hang"] + ord(character) - 0xAC00)
            return [(_Letter("Hang", character, weight), _COMMON, 0)]
        if character in self._as:
            return self._each(self._as[character])
        if (whole := normalize("NFD", character)) != character:
            return self._elements(whole)
        if (whole := normalize("NFKD", character)) != character:
            return self._each(whole)
        if _is_han(character):
            weight = chr(self._starts["Hani"] + self._rank(character))
            return [(_Letter("Hani", character, weight), _COMMON, 0)]
        kind = category(character)
        if kind == "Nd":
            return [(self._scripts["digits"][digit(character)], _COMMON, 0)]
        if kind in ("Pd", "Zs", "Zl", "Zp") or character in "_/\t\r\n":
            return [(self._scripts["space"][0], _COMMON, 0)]
        if kind[0] not in "LN" or "\u02b9" <= character <= "\u02df" or character == _LONG_VOWEL:
            return []
        return [(_Letter("", character, chr(0x10FFFF) + character), _COMMON, 0)]

    def _rank(self, character: str) -> int:
        """A Chinese character's number where the language has one for it, else after those by its code point."""
        if self._han == "pinyin":
            if character in _pinyin():
                return _pinyin()[character][0]
        elif self._han:
            coded = character.encode(self._han, "ignore")
            if len(coded) == 2:
                return int.from_bytes(coded, "big")
        elif "\u4e00" <= character <= "\u9fff":
            return ord(character)
        return 0x10000 + ord(character)


def _is_han(character: str) -> bool:
    return "\u3400" <= character <= "\u9fff" or "\U00020000" <= character <= "\U0003347f" or character == "\u3007"


@cache
def collator(language: str) -> Collator:
    """The collator of a language such as `sv` or `sr-Latn` (BCP 47); `de-u-co-phonebk` asks for a certain order.

    A language without rules of its own has the order that holds everywhere, as English does.
    """
    return _collator(_rules(language))


@cache
def _collator(rules: str) -> Collator:
    return Collator(rules)


def _rules(language: str) -> str:
    base, _, extension = language.lower().replace("_", "-").partition("-u-")
    asked = re.search(r"(?:^|-)co-(\w+)", extension)
    subtags = base.split("-")
    names = ["-".join(subtags[:count]) for count in range(len(subtags), 0, -1)]
    if asked:
        names = [*(f"{name}-{asked[1]}" for name in names), *names]
    rules = next((_languages()[name] for name in names if name in _languages()), "")
    return _languages()[rules[1:].lower()] if rules.startswith("@") else rules


def _lines(file: str) -> list[str]:
    text = (shelf("data") / "collation" / file).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


@cache
def _languages() -> dict[str, str]:
    pairs = (line.partition(": ") for line in _lines("languages.txt"))
    return {name.lower(): rules for name, _, rules in pairs}


@cache
def _table() -> list[tuple[str, list[str]]]:
    return [(script, texts) for script, *texts in (line.split(" ") for line in _lines("root.txt"))]


@cache
def _pinyin() -> dict[str, tuple[int, str]]:
    """A Chinese character's place by pinyin, and the letter its reading begins with."""
    lettered = [(character, line[0]) for line in _lines("pinyin.txt") for character in line[2:]]
    return {character: (at, letter) for at, (character, letter) in enumerate(lettered)}
