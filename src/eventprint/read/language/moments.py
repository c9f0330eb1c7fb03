"""Times of day as people write them: `09:45`, `9.30 – 10.15`, `2 pm`, `0830-0900`.

Only what is written is read: no time is worked out here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from itertools import islice, pairwise

from ...event import Time
from ...values import dataclass
from .dates import FIGURE, YEARS
from .lines import Marked
from .vocabulary import Vocabulary, narrow, split

NOON = 12 * 60
DAY = 24 * 60


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that stands where a time stands and is none."""

    text: str
    column: int


@dataclass(frozen=True, slots=True)
class Slot:
    """The time a line states, and what is left of the line."""

    start: Time | None
    end: Time | None
    rest: Marked
    fault: Fault | None = None
    half: bool = False
    """It says am or pm, so that nothing is to be concluded."""
    column: int = 1
    minutes: int = 0
    """How long it lasts, where the line says so."""
    dashed: bool = False
    """Only an end, told by a dash before it: `-12:00` may as well be a list item."""


_BEFORE_HALF = r"(?:午前|午後|오전|오후|上午|下午|晚上|中午|早上|傍晚|晚间|夜|[aApP]\.?[mM]\.?)\s?"
_HALF = r"\s?[aApP]\.?\s?[mM]\b\.?"
_SPELLED = (
    r"\d{1,2}\s?(?:ч\.?|час(?:ов|а)?|год\.?|Uhr|uur|hod\.)\s?\d{2}"
    r"(?:\s?(?:мин(?:ут)?|хв|Min|min)\.?(?![^\W\d])|(?=\s*(?:[-–—:|]|$)))"
)
"""`15 ч. 30 мин.`, `9 Uhr 30`: the word for the hour between the hours and the minutes."""
_ONE = (
    rf"(?:(?:{_BEFORE_HALF})?\d{{1,2}}\s?(?:時|时|點|点|시)\s?(?:\d{{1,2}}\s?(?:分|분)|半|반)?"
    rf"|{_SPELLED}"
    rf"|(?:{_BEFORE_HALF})?(?:\d{{1,3}}[:.hHu]\d{{1,3}}(?:[:.]\d\d(?!\d))?(?:{_HALF}|\s?[hH](?![^\W\d])(?:\.(?=\s))?)?"
    rf"|\d{{1,2}} : \d{{2}}|\d{{1,2}} [hH] ?\d{{2}})"
    rf"|\d{{1,2}}{_HALF}|\d{{1,2}}(?:\s?[hH]|u)(?!\w)(?:\.(?=\s))?)"
)
_NOON = r"(?i:(?:12\s)?(?:noon|midday|midi|mezzogiorno|mediodía|meio-dia|południe|полдень))(?![\w-])"
_COMPACT = r"\d{4}"
_BARE = r"\d{1,2}"
_DASH = r"(?:\s*/(?=\d{1,2}(?:[:.]\d\d|[hH](?![^\W\d])))|\s*[-‐‑–—−~〜～→]+>?\s*)"
_AFTER = r"(?!\d|[:.]\d|/\d{1,2}(?![:.hH\d]))"
_TOKEN = re.compile(_ONE + _AFTER)
_NOON_TOKEN = re.compile(_NOON)
_CLOCKED_RANGE = re.compile(r"\W{0,8}\d{1,2}[:.hH]\d\d\s?[-–—]\s?\d{1,2}[:.hH]\d\d")
_COLUMN = re.compile(r"\d{1,2}(?:\t|\s{3,})(?=\S)")
_TIMED_COLUMN = re.compile(r"\s*\d{1,2}[.:hH]\d\d(?:\t|\s{3,})(?=\S)")
_PARTED = re.compile(r"\s*[:–—-]|\t|\s\s")
_DOTTED_RANGE = re.compile(r"\d{1,2}[.:]\d\d[.:]\d{1,2}[.:]\d\d(?=\s+[^\W\d])")
"""`13.15.13.45 Lunch`: a range with a point in the place of its dash."""
_SLIPPED = re.compile(
    r"\W{0,8}(?:(?P<start>\d{1,2}[:.]\d\d)\s?[-–—]\s?)?(?P<odd>(?=\S{0,4}\d)(?=[\d:]{0,4}[OoIlSB])[\dOoIlSB]{1,2}:[\dOoIlSB]{2})"
    r"(?![\w:])(?:\s?[-–—]\s?\d{1,2}[:.]\d\d(?!\d))?"
)
"""`1O:30 – 11:00`: letters that look like figures, in the place of some."""
_BARE_RANGE = re.compile(r"\W{0,8}(\d{1,2})\s?[-–—]\s?(\d{1,2})(?:\s+|\s?[:|]\s*)(?=[^\W\d])")
_COMPACT_TOKEN = re.compile(_COMPACT + _AFTER + r"(?![^\W\d])")
_BARE_TOKEN = re.compile(_BARE + _AFTER + r"(?![^\W\d_]|[/%]|\s?[.,)]\s)")
_DASH_TOKEN = re.compile(_DASH)
_WORD_TOKEN = re.compile(r"\s*([^\W\d][\w'’]*\.?)")
_BETWEEN_TOKEN = re.compile(r"\s*([^\W\d]+(?:\s[^\W\d]+)?)\s*(?=\d)")
_CLOSING = re.compile(rf"({_ONE}|{_COMPACT}|{_BARE})?(?:({_DASH})({_ONE}|{_COMPACT})?)?$")
_PARTS = re.compile(
    r"(?P<before>午前|午後|오전|오후|上午|下午|晚上|中午|早上|傍晚|晚间|夜|[aApP]\.?[mM]\.?)?\s?"
    r"(?P<hour>\d{1,3})(?:\s?(?P<sign>[:.hHu時时點点시])\s?(?:(?P<minute>\d{1,3})|(?P<thirty>半|반))?)?"
    r"(?:[:.]\d\d)?\s?(?:(?P<half>[aApP])\.?\s?[mM]\.?|[hH]\.?|分|분)?$"
)
_SPELLED_PARTS = re.compile(r"(\d{1,2})\s?[^\W\d]+\.?\s?(\d{2})(?:\s?[^\W\d]+\.?)?$")
_LATER = frozenset(("午後", "오후", "下午", "晚上", "傍晚", "晚间", "夜"))
_GLUE = " \t\xa0:|–—-•.,)]~>→；;】」、"
_LEADING_WORD = re.compile(
    r"([^\W\d_]+\.?(?:\s[^\W\d_]+\.?){0,3}|~|@)(?:\s+|\s*:\s*|(?<=[.~@\u3000-\uffff]))(?=[\d午오上下晚中早傍夜])"
)
_MINUTES_SIGN = re.compile(r"(?<=[hH]\d\d)\s?min(?![^\W\d])\.?")
"""`13h30min`."""
_ODD_SIGN = re.compile(
    r"(?P<before>\W{0,8}(?:[^\W\d_]+\.?\s){0,3})(?P<hour>\d{1,2})(?P<sign>[,-])(?P<minute>[0-5]\d)(?![\d,.-]\d)"
    r"(?:(?P<between>\s?(?:[-–—]|[^\W\d_]{1,4})\s?)(?P<last>\d{1,2})(?P=sign)(?P<late>[0-5]\d)(?![\d,.-]\d))?"
)
"""`18,30 – 19,15` and `14-00 – 15-30`: signs between hours and minutes that mostly mean something else."""
_QUOTED_MINUTES = re.compile(r"(?<![\d.,])(\d{1,2})['’](?=[0-5]\d\s?h)")
"""`12’30 h`."""
_LOOSE_TOKEN = re.compile(r"\d{1,2}: [0-5]\d(?!\w)")
"""`11: 40` after a dash."""
_SHORT_COMPACT = re.compile(r"\d{3}(?=\s{0,3}[-–—]\s{0,3}\d{3,4}\s)|(?<=[-–—\s])\d{3}(?=\s)")
_NUMBERS = re.compile(r"\W{0,8}(\d{3,4})\s{0,3}[-–—]\s{0,3}(\d{3,4})\s+[^\W\d]")
_SIGNED = re.compile(r"\W{0,8}\d{1,2}[:.hH]\d\d(?!\d)")
_ALSO_AT = frozenset(("a", "à", "às", "ao", "alle", "la", "e", "o"))
"""Words that mean `to` between two times, and `at` before one."""
_BETWEEN = frozenset(("between", "zwischen", "entre", "tra", "fra", "tussen", "mellem", "mellan", "mellom")) | {
    "między",
    "pomiędzy",
    "между",
}
"""Words after which two times have an `and` between them."""
_TITLE = 6
"""Words of a title above which `9:00 to 17:00` behind it is a part of a sentence."""
_LONGEST = 600
"""Letters above which a line is no line of an agenda with a time or a length at its end."""
_BRIEF = 120
"""Minutes up to which `5m` is a length of time."""
_LENGTH = re.compile(
    r"(?:(?P<hours>\d{1,2})\s?(?P<hour>[^\W\d_]{1,9}\.?)\s?)?(?P<minutes>\d{1,3}(?:[.,]\d)?)\s?(?P<unit>'|′|’|[^\W\d_]{1,9}\.?)?"
)
_NUMBERED_LENGTH = re.compile(r"(?<![\w.:])\d{1,3}(?:[.,]\d)?\s?(?:'|′|’|[^\W\d_]{1,9}\.?(?:\s?\d{1,2}(?!\d))?)")


def clock(written: str) -> Time | None:
    """A time of day, or None where hours or minutes are none."""
    stripped = written.strip().replace(": ", ":")
    if _NOON_TOKEN.fullmatch(stripped):
        return Time(NOON, stripped)
    parts = _PARTS.match(narrow(stripped))
    if parts is None:
        if spelled := _SPELLED_PARTS.match(stripped):
            return clock(f"{spelled[1]}:{spelled[2]}") and Time(int(spelled[1]) * 60 + int(spelled[2]), stripped)
        if (
            re.fullmatch(_COMPACT, written)
            and (int(written) == 2400 or int(written[:2]) < 24)
            and int(written[2:]) < 60
        ):
            return Time(int(written[:2]) * 60 + int(written[2:]), written)
        return None
    hour, minute = int(parts["hour"]), 30 if parts["thirty"] else int(parts["minute"] or 0)
    if len(parts["hour"]) > 2 or minute > 59 or hour > 24 or (hour == 24 and minute):
        return None
    if parts["minute"] and len(parts["minute"]) != 2 and parts["sign"] in ":.hHu":
        return None
    before = parts["before"] or ""
    if half := (parts["half"] or before[:1]).lower():
        later = half == "p" or before in _LATER
        if half in "ap" and not 1 <= hour <= 12 and not (half == "p" and 12 < hour < 24):
            return None
        if hour <= 12 and before != "中午":
            hour = hour % 12 + (12 if later else 0)
    return Time(hour * 60 + minute, stripped)


def has_half(written: str) -> bool:
    """Whether a time says am or pm."""
    return bool(re.search(r"[aApP]\.?\s?[mM]\.?$|^(?:[午오上下晚中早傍夜]|[aApP]\.?[mM])", written.strip()))


def has_bare_hours(source: Iterable[str]) -> bool:
    """Whether lines of a text begin with hours alone, one after the other: `9 – 10 Welcome`, `10 – 12 Talks`."""
    source = list(source)
    ranges = [(int(found[1]), int(found[2])) for line in source if (found := _BARE_RANGE.match(line[:60]))]
    fits = [Clock._lasts(str(start), str(end)) for start, end in ranges]
    chained = sum(start in (end, end - 12) for (_, end), (start, _) in pairwise(ranges))
    clocked = sum(_CLOCKED_RANGE.match(line) is not None for line in source)
    among = clocked > 2 and all(7 <= start < end <= 22 for start, end in ranges)
    return bool(ranges) and all(fits) and (chained >= 2 or among)


def odd_signs(source: Iterable[str]) -> str:
    """The signs that stand between hours and minutes in the times of a text, where these are no colons or dots."""
    source = [line[:60] for line in source]
    odd = [found for line in source if (found := _ODD_SIGN.match(line)) and not found["before"].strip(" -–—*•")]
    usual = sum(_SIGNED.match(line) is not None for line in source)
    # "9-15" may be two hours; "9-00", "9-45" and "9-00 – 9-15" are times.
    told = {",": [found for found in odd if found["sign"] == ","]}
    told["-"] = [f for f in odd if f["sign"] == "-" and (f["last"] or f["minute"][0] == "0" or f["minute"] > "24")]
    return "".join(sign for sign, lines in told.items() if len(lines) > 1 and len(lines) > usual)


def has_numbers(source: Iterable[str]) -> bool:
    """Whether lines of a text begin with times without any sign: `900 - 915 Welcome`, `1330 - 1530 Lunch`."""
    ranges = [(found[1].zfill(4), found[2].zfill(4)) for line in source if (found := _NUMBERS.match(line[:60]))]
    fits = [start < end and start[2] < "6" and end[2] < "6" and end <= "2400" for start, end in ranges]
    years = sum(start[:2] in ("19", "20") and end[:2] in ("19", "20") for start, end in ranges)
    return len(ranges) > 2 and all(fits) and years * 2 < len(ranges)


def has_columns(source: Iterable[str]) -> bool:
    """Whether three lines of a text or more have a time and wide space after it."""
    return len(list(islice((line for line in source if _TIMED_COLUMN.match(line)), 3))) == 3


@dataclass(frozen=True, slots=True)
class Clock:
    """Finds the time of a line; `compact` where the text writes 0830 without a colon."""

    words: Vocabulary
    compact: bool = False
    hours: bool = False
    """Whether the text writes `9 – 10 Welcome`, hours alone."""
    columns: bool = False
    """Whether wide space stands between the times and the titles: then `11    Budget` has a time too."""
    signs: str = ""
    """Signs other than colons and dots that the text has between hours and minutes."""

    def slot(self, line: Marked) -> Slot | None:
        """The time at the start of a line, or in brackets at its end."""
        return self._leading(line) or (self._closing(line) if len(line.text) <= _LONGEST else None)

    def _leading(self, line: Marked) -> Slot | None:
        written = narrow(line.text)
        text = self._respelled(written)
        noon = _NOON_TOKEN.match(text)
        if not noon and not FIGURE.search(text, 0, 30):
            return None
        if slipped := _SLIPPED.match(text):
            odd = Fault(line.text[slipped.start("odd") : slipped.end("odd")], line.columns[slipped.start("odd")])
            known = clock(slipped["start"]) if slipped["start"] else None
            return Slot(known, None, self._rest(line, text, slipped.end()), odd, column=line.column)
        if dotted := _DOTTED_RANGE.match(text):
            return Slot(
                None, None, self._rest(line, text, dotted.end()), Fault(dotted[0], line.column), column=line.column
            )
        at, said, ending, dashed = (0, True, False, False) if noon else self._opening(text)
        one = noon.span() if noon else self._token(text, at, bare=True)
        if one is None or (
            noon and not text[0].isdigit() and not re.compile(r"\s*[:–—-]|\t|\s\s").match(text, noon.end())
        ):
            return None
        start_at, after = one
        first = text[start_at:after]
        bare = first.isdigit() and len(first) < 3
        end_text, end_at = "", 0
        after, clocked = self._oclock(text, after)
        if late := self._one_of("ending", text, after):
            ending, after = True, late
        joint = 0 if ending else self._joint(text, after)
        if not joint and (onward := self._one_of("onward", text, after)):
            after = onward
        second = self._second(text, joint) if joint else None
        loose = second and text[second[0] : second[1]].isdigit() and second[1] - second[0] < 3
        if second and loose and not self._oclock(text, second[1])[1]:
            told = self._hour_word(text) or (said and self._stands_alone(text, second[1]))
            told = told or (self.hours and _BARE_RANGE.match(text) is not None)
            told = told and self._lasts(re.split(r"[.:]", first)[0], text[slice(*second)])
            if told and not bare:
                # "kl. 14.15 - 15 Coffee"
                told = self._hour_word(text) and "." in first and not text[second[1] :].lstrip()[:1].islower()
            if not bare and ":" in first and self._stands_alone(text, second[1]) and (began := clock(first)):
                # "9:30-12: talks"
                told = told or began.minutes < int(text[slice(*second)]) * 60 <= began.minutes + 360
            if bare and not told:
                return None
            clocked = clocked or told
            second = second if told else None
        if second:
            end_at, after = second
            end_text = text[end_at:after]
            after, end_clocked = self._oclock(text, after)
            clocked = clocked or end_clocked or not end_text.isdigit()
            after = self._one_of("ending", text, after) or after
        elif (onward := joint or self._until(text, after)) and (never := self._never_ending(text, onward)):
            after, joint = never, 0
        elif re.fullmatch(_COMPACT, first) and (int(first) in YEARS or not (first.startswith("0") or self.compact)):
            return None
        elif re.fullmatch(_COMPACT, first) and not self.compact and clock(first) is None:
            # "0373 Oslo"
            return None
        column = self.columns and _COLUMN.match(text) is not None
        if (
            bare
            and not clocked
            and not column
            and not (said and (self._stands_alone(text, after) or self._hour_word(text)))
        ):
            return None
        if bare and re.search(r"\s(?:hours?|hrs?)\b", text[start_at:after]) and not said:
            # "2-3 hours of work" is a length.
            return None
        if len(first) == 4 == len(end_text) and first.isdigit() and end_text.isdigit():
            years = int(first) in YEARS and int(end_text) in YEARS
            if years and not self.compact:
                return None
        rest = self._rest(line, text, after)
        start, end = self._time(first), self._time(end_text) if end_text else None
        if bare and end_text and start and end and has_half(end_text):
            start = Time(start.minutes, line.text[start_at : start_at + len(first)])
        parted = re.compile(r"\s*[:–—-]\s").match(text, after) is not None
        told = said or clocked or parted or text != written
        if not self._plausible(first, start, rest, bool(end_text), told):
            return None
        fault = None
        if start is None or start.minutes == DAY:
            fault, start, end = Fault(line.text[start_at : start_at + len(first)], line.columns[start_at]), None, None
        elif end_text and end is None:
            fault = Fault(end_text, line.columns[end_at])
        half = has_half(first) or has_half(end_text)
        if start and end and has_half(end_text) and not has_half(first):
            start = _same_half(start, end)
        elif start and end and end < start and has_half(first) and not has_half(end_text) and end.minutes < NOON:
            end = Time(end.minutes + NOON, end.written)
        if ending and not fault:
            start, end = None, start
        return Slot(start, end, rest, fault, half, line.columns[start_at], dashed=dashed)

    @staticmethod
    def _lasts(first: str, last: str) -> bool:
        """Whether two bare hours can be start and end of something: within a day, up to six hours apart."""
        start, end = int(first), int(last)
        return max(start, end) <= 24 and 0 < (end - start) % 12 <= 6

    @staticmethod
    def _hour_word(text: str) -> bool:
        """`kl. 12 Lunch`: a word before the hour that stands before nothing else."""
        return re.match(r"(?:kl|klo|ore|godz|kell)[.\s]", text, re.IGNORECASE) is not None

    def _opening(self, text: str) -> tuple[int, bool, bool, bool]:
        """Where the time begins, whether a word such as `from` stands before it, and whether it is only an end."""
        at = 1 if text.startswith(("(", "[")) else 0
        said = ending = dashed = False
        if dash := re.compile(r"[-–—]\s?(?=\d{1,2}[:.]\d\d)").match(text, at):
            return dash.end(), False, True, True
        while at < 20 and not _TOKEN.match(text, at) and (word := _LEADING_WORD.match(text, at)):
            phrase = tuple(split(word[1])) or (word[1],)
            lowered = word[1].lower()
            if phrase in self.words.phrases["until"] and lowered not in _ALSO_AT:
                ending = True
            elif lowered not in self._starting and phrase not in self.words.phrases["starting"]:
                return len(text), False, False, False
            said = True
            at = word.end()
        return at, said, ending, dashed

    @property
    def _starting(self) -> frozenset[str]:
        return self.words.single("starting") | {"~", "@"}

    def _token(self, text: str, at: int, *, bare: bool = False) -> tuple[int, int] | None:
        short = [_SHORT_COMPACT] if self.compact else []
        for pattern in (_TOKEN, _COMPACT_TOKEN, _NOON_TOKEN, *short, *([_BARE_TOKEN] if bare else [])):
            if found := pattern.match(text, at):
                return found.span()
        if bare and self._hour_word(text) and (found := re.compile(r"\d{1,2}(?=,\s)").match(text, at)):
            # "ore 10, musica"
            return found.span()
        return None

    @staticmethod
    def _time(written: str) -> Time | None:
        """`915` is `9:15` where a text writes its times without a sign."""
        return clock(f"{written[0]}:{written[1:]}" if re.fullmatch(r"\d{3}", written) else written)

    def _second(self, text: str, at: int) -> tuple[int, int] | None:
        found = _LOOSE_TOKEN.match(text, at)
        return found.span() if found else self._token(text, at, bare=True)

    def _respelled(self, text: str) -> str:
        """A line whose time is told by a comma or a dash, such as `18,30` and `14-00`, with the usual sign instead."""
        head = text[:60]
        if "’" in head or "'" in head:
            text = _QUOTED_MINUTES.sub(r"\1.", text)
        if ("," not in head and "-" not in head) or not (found := _ODD_SIGN.match(head)):
            return text
        sign = found["sign"]
        alone = not found["before"].strip(" -–—*•")
        told = sign in self.signs or (found["last"] and alone) or (sign == "-" and alone and found["minute"] == "00")
        told = told or (sign == "," and self._hour_word(found["before"].lstrip(" -–—*•")))
        hours = [int(hour) for hour in (found["hour"], found["last"]) if hour]
        if not told or max(hours) > 24:
            return text
        usual = ".:"[sign == "-"]
        last = f"{found['between']}{found['last']}{usual}{found['late']}" if found["last"] else ""
        return f"{found['before']}{found['hour']}{usual}{found['minute']}{last}{text[found.end() :]}"

    def _oclock(self, text: str, at: int) -> tuple[int, bool]:
        """What stands after `Uhr` and the like, and whether it stood there; `CET` in brackets is such a word too."""
        if bracketed := re.compile(r"\s*[(\[]([A-Z]{2,4}|UTC[+-]\d{1,2})[)\]]").match(text, at):
            return bracketed.end(), False
        if signed := _MINUTES_SIGN.match(text, at):
            at = signed.end()
        word = _WORD_TOKEN.match(text, at)
        if word and word[1].lower().rstrip(".") in self.words.single("oclock"):
            academic = re.compile(r"\s*[sc]\.\s?t\.(?!\w)").match(text, word.end())
            return academic.end() if academic else word.end(), True
        if word and word[1][0] in "経頃경쯤ご左整正정ち":
            known = next((w for w in self.words.single("oclock") if word[1].startswith(w)), "")
            return (word.start(1) + len(known), True) if known else (at, False)
        return at, False

    def _one_of(self, group: str, text: str, at: int) -> int:
        """Where a word of the group ends that stands here; 0 where none does."""
        word = _WORD_TOKEN.match(text, at)
        if word is None:
            return 0
        if word[1].lower() in self.words.single(group):
            return word.end()
        known = next((w for w in self.words.single(group) if w[0] >= "\u3000" and word[1].startswith(w)), "")
        return word.start(1) + len(known) if known else 0

    def _never_ending(self, text: str, at: int) -> int:
        """Where `open end` or `late` ends, and the dash before it is part of the time; 0 for a title."""
        for phrase in sorted(self.words.phrases["open_end"], key=len, reverse=True):
            found = re.compile(r"[\s-]*".join(map(re.escape, phrase)) + r"(?![\w'-])", re.IGNORECASE).match(text, at)
            if found and (len(phrase) > 1 or found.end() < len(text) or phrase[0] == "?"):
                # "15:30 – End of the meeting" is a title.
                return found.end() if re.match(r"(?!\s[^\W\d_A-Z]*[a-z])\W|$", text[found.end() :]) else 0
        return 0

    def _stands_alone(self, text: str, after: int) -> bool:
        return re.compile(r"\s*(?:[:–—|-]|\t|\s{2}|$)").match(text, after) is not None

    def _joint(self, text: str, after: int) -> int:
        if dash := _DASH_TOKEN.match(text, after):
            return self._past_starting(text, dash.end())
        word = _BETWEEN_TOKEN.match(text, after)
        if word is None:
            return 0
        phrase = tuple(split(word[1]))
        until = self.words.phrases["until"]
        if phrase[0] in self.words.single("also") and next(iter(split(text[:20])), "") in _BETWEEN:
            # "Zwischen 10 und 12 Uhr", "Entre las 10 y las 12"
            return word.end() if len(phrase) == 1 or phrase[1:] in self.words.phrases["starting"] | {("las",)} else 0
        both = phrase[:1] in until and phrase[1:] in self.words.phrases["starting"]
        return word.end() if both or phrase in until or all((part,) in until for part in phrase) else 0

    def _until(self, text: str, at: int) -> int:
        """Where a word such as `to` ends that stands here; 0 where none does."""
        word = _WORD_TOKEN.match(text, at)
        if word is None or word[1].lower() not in self.words.single("until"):
            return 0
        return word.end() + len(text[word.end() :]) - len(text[word.end() :].lstrip())

    def _past_starting(self, text: str, at: int) -> int:
        """`kl. 9 – kl. 10`: past the word before the second time."""
        word = re.compile(r"([^\W\d]+\.?)\s*(?=\d)").match(text, at)
        return word.end() if word and word[1].lower() in self._starting else at

    @staticmethod
    def _rest(line: Marked, text: str, after: int) -> Marked:
        while after < len(text) and text[after] in _GLUE:
            after += 1
        return line.cut(after)

    @staticmethod
    def _plausible(first: str, start: Time | None, rest: Marked, ranged: bool, told: bool) -> bool:
        """Whether this is meant as a time: `1.25 million` and `3.1 Aims` are not, `9.75 Welcome` is."""
        separator = next((letter for letter in first if letter in ":.hHu"), "")
        digits = re.findall(r"\d+", first)
        if ranged or has_half(first):
            return True
        if separator == ".":
            # "ore 10.15, interventi", "13.30 horas: almuerzo" and "9.30 - doors open" say that they are times.
            small = rest.text[:1].islower() and not (told and start and start.minutes >= 6 * 60)
            return len(digits[1]) == 2 and not small and not rest.text.startswith("%")
        if separator == ":" and start is None:
            return len(digits[1]) >= 2 or 6 <= int(digits[0]) <= 23
        if separator in "hHu" and separator:
            return start is not None
        return True

    def _closing(self, line: Marked) -> Slot | None:
        text = narrow(line.text)
        if not text.endswith((")", "]", ") ", "].", ").")):
            return self._last(line, text)
        found = re.search(r"[(\[]\s*([^()\[\]]{4,60}?)\s*[)\]]\.?\s*$", text)
        if found is None:
            return None
        if re.match(r"[1-4]\s?h\s*,", found[1]):
            # "Tides (1h, Anna)" says how long.
            return None
        slot = self._leading(line.cut(found.start(1), found.end(1)))
        if slot is None and (before := text[: found.start()].rstrip()).endswith(")"):
            # "Talks (7:20 pm) (optional)"
            slot = self._closing(line.cut(0, len(before)))
            if slot is None or not slot.start:
                return None
            joined = Marked(
                f"{slot.rest.text} {found[0].strip()}", [*slot.rest.columns, *line.columns[found.start() - 1 :]]
            )
            return replace(slot, rest=joined.cut(0, len(slot.rest.text) + 1 + len(found[0].strip())))
        if slot is None or (slot.rest.text and not self._tail(slot.rest.text)):
            return None
        if found[1].isdigit():
            return None
        if slot.fault and slot.start is None:
            return None
        rest = line.cut(0, found.start())
        if _TOKEN.search(text[: found.start()]):
            # "1 November, 9:30 - 17:35 (dinner from 18:00)"
            return None
        if slot.rest.text:
            rest = Marked(f"{rest.text} ({slot.rest.text})", [*rest.columns, *[rest.column] * 2, *slot.rest.columns, 1])
        return Slot(slot.start, slot.end, rest, slot.fault, slot.half, slot.column, slot.minutes)

    def _tail(self, text: str) -> bool:
        """Whether words after a time in brackets leave it one, as in `(10:00–11:00, Room 1)`."""
        return len(text.split()) <= 4

    def _last(self, line: Marked, text: str) -> Slot | None:
        """A range at the end of a line, after a dash or a comma: `Opening, 9:00 - 9:30`."""
        joint = rf"(?:{_DASH}|\s?(?P<word>[^\W\d_]{{1,5}})\s?)"
        front = r"\s[–—|-]|[,:@]|(?<=[^\W_])(?=\s)|(?<=[)\]])"
        found = re.search(rf"(?:{front})\s*(?P<first>{_ONE}){joint}(?P<last>{_ONE})\s*$", text[-40:])
        if found is None:
            return None
        if found["word"]:
            before = split(text[: len(text[:-40]) + found.start()])
            told = (found["word"].casefold(),) in self.words.phrases["until"] and 0 < len(before) <= _TITLE
            if not told or before[-1] in self.words.single("starting"):
                # "the library is open from 9:00 to 17:00"
                return None
        if found[0].lstrip()[:1] not in "–—|-,:@" and self._is_dated(text):
            return None
        at = max(len(text) - 40, 0)
        start, end = clock(found["first"]), clock(found["last"])
        if start is None or end is None or not text[: at + found.start()].strip():
            return None
        if has_half(found["last"]) and not has_half(found["first"]):
            start = _same_half(start, end)
        half = has_half(found["first"]) or has_half(found["last"])
        return Slot(start, end, line.cut(0, at + found.start()), None, half, line.columns[at + found.start("first")])

    def _is_dated(self, text: str) -> bool:
        """Whether a month or a weekday is named, so that times at the end are those of a whole day."""
        return any(word in self.words.months or word in self.words.weekdays for word in split(text))

    def length(self, text: str) -> int:
        """How many minutes a text states that is nothing but a length: `30 min`, `45'`, `1h30`, `1 hour`; else 0."""
        text = narrow(text).strip(" .:–-")
        found = _LENGTH.fullmatch(text)
        if found is None or not any(letter.isdigit() for letter in text[:3]):
            return 0
        hours, minutes = found["hours"], found["minutes"]
        unit = (found["unit"] or "").casefold()
        minute_words, hour_words = self.words.single("minute") | {"'", "′", "’"}, self.words.single("hour")
        if hours:
            if (found["hour"] or "").casefold() not in hour_words or (unit and unit not in minute_words):
                return 0
            return int(hours) * 60 + int(float(minutes))
        brief = unit == "m" and text[-2:-1].isdigit() and float(minutes.replace(",", ".")) <= _BRIEF
        if unit in minute_words or brief:
            return int(float(minutes.replace(",", ".")))
        return (
            round(float(minutes.replace(",", ".")) * 60)
            if unit in hour_words and float(minutes.replace(",", ".")) <= 12
            else 0
        )

    def lasting(self, line: Marked) -> tuple[Marked, int]:
        """A title without the length that stands in brackets at its end or in front, and that length in minutes."""
        text = narrow(line.text)
        if len(text) > _LONGEST:
            return line, 0
        if beside := self.lasting_beside(line, text):
            return beside
        for found in (
            re.search(r"\s*[(\[]\s*([^()\[\]]{2,40})[)\]]\s*[:.]?\s*$", text),
            re.search(r"(?:\s[–—|-]|[,:])\s*(\d[^,–—|]{1,14})\s*$", text),
        ):
            if found and found.start() and (minutes := self._said(found[1])):
                return line.cut(0, found.start()), minutes
        for front in (
            re.match(r"[(\[]?\s*~?\s*(\d[^()\[\]:–—|-]{1,14}?)\s*[)\]:–—|-]+\s*(?=\S)", text),
            re.match(r"(\d{1,3}\s?[^\W\d_]{1,7}\.?)\s+(?=[^\W\d_a-z])", text),
        ):
            if front and (minutes := self.length(front[1])):
                return line.cut(front.end()), minutes
        return line, 0

    def lasting_beside(self, line: Marked, text: str) -> tuple[Marked, int] | None:
        """`Tides (10 min, Anna Berg)`: what stands in the bracket beside the length stays."""
        found = re.search(r"[(\[]([^()\[\]]{4,120})[)\]]\s*[:.]?\s*$", text)
        if found is None or "," not in found[1]:
            return None
        first, last = found[1].partition(",")[0], found[1].rpartition(",")[2]
        if minutes := self.length(first):
            start, end = found.start(1), found.start(1) + len(first) + 1
        elif minutes := self.length(last):
            start, end = found.end(1) - len(last) - 1, found.end(1)
        else:
            return None
        rest = f"{line.text[:start]}{line.text[end:].lstrip()}"
        end += len(line.text[end:]) - len(line.text[end:].lstrip())
        columns = [*line.columns[:start], *line.columns[end:]]
        return Marked(rest, columns, line.bold, line.struck, line.linked), minutes

    def _said(self, text: str) -> int:
        """The length a bracket states: all it says, or the one length in it, as in `30 mins incl. questions`."""
        if minutes := self.length(text):
            return minutes
        if added := re.fullmatch(r"(\d{1,3})\s?\+\s?(\d{1,3}\s?\S{1,9})", text.strip()):
            return int(added[1]) + self.length(added[2]) if self.length(added[2]) else 0
        if "+" in text:
            return 0
        said = [minutes for found in _NUMBERED_LENGTH.finditer(text) if (minutes := self.length(found[0]))]
        first = re.match(r"\W*\d", text)
        return said[0] if len(said) == 1 and first and len(text.split()) <= 5 else 0


def _same_half(start: Time, end: Time) -> Time:
    """`2:00 – 3:00 PM`: both in the afternoon, unless that would turn them round."""
    later = start.minutes + NOON
    return Time(later, start.written) if start.minutes < NOON <= end.minutes and later <= end.minutes else start
