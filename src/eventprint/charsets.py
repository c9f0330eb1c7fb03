"""Bytes as text, whatever program wrote them: Unicode by its mark or its zeros, else the old encoding that fits best.

An encoding that is not said can only be guessed, so a guess is a warning that names it, and a doubtful one names the
other as well.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

from .problems import Place, Problems
from .values import dataclass

_MARKS = (
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
NAMES = {
    "cp1252": "Windows-1252",
    "mac_roman": "MacRoman",
    "cp1250": "Windows-1250 (Central Europe)",
    "cp1251": "Windows-1251 (Cyrillic)",
    "cp1253": "Windows-1253 (Greek)",
    "cp1254": "Windows-1254 (Turkish)",
    "cp1255": "Windows-1255 (Hebrew)",
    "cp1256": "Windows-1256 (Arabic)",
    "cp1257": "Windows-1257 (Baltic)",
    "koi8_r": "KOI8-R (Cyrillic)",
    "cp932": "Shift_JIS (Japanese)",
    "cp949": "EUC-KR (Korean)",
    "gb18030": "GB18030 (Chinese)",
    "big5": "Big5 (Chinese)",
}
"""Encodings that are guessed, as people call them."""

_BREAKS = re.compile(r"\r\n|\n|\r")
_HIGH = re.compile(rb"[\x80-\xff]+")
_TOP = 4000
"""Bytes at the start in which words are looked for that are known."""
_SEEN = 200_000
"""Bytes beyond ASCII, with what is around them, that are enough for a guess."""
_WEST = frozenset("äöüßéèêëáàâåãæçíìîïñóòôõøúùûýÿœÄÖÜÉÈÁÀÂÅÃÆÇÍÎÓÔÕØÚÑŒ")
_CENTRE = frozenset("ąćęłńśźżĄĆĘŁŃŚŹŻčďěňřšťůžČĎĚŇŘŠŤŮŽáéíóúýÁÉÍÓÚÝőűŐŰöüäßÖÜÄôľĺŕăâîşţĂÂÎŞŢđĐ")
_SIGNS = frozenset("“”„‘’‚«»–—…€·•°§®™©ªº¡¿½²³ \u00a0")


_AFTER = "\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ"
"""What the second and later bytes of a letter in UTF-8 become in Windows-1252."""
_MISREAD = re.compile(
    rf"[ÂÃÄÅ][{_AFTER}]|â[€„‚][{_AFTER}]|(?:[ÐÑ][{_AFTER}]){{2,}}|(?:[ã-é][{_AFTER}]{{2}}){{2,}}"
    "|√[Ä-Ö†°¢£§•¶ß®©™´¨≠ÆØ∞±≤≥¥µ∂∑∏π∫ªºΩæøá-ü]|‚Ä[áàâäãåçéèêëíìîïñóòôöõúùûü†°¢£]"
)


@dataclass(frozen=True, slots=True)
class Misread:
    """A word in which a letter was read with the wrong encoding before, and what it was."""

    start: int
    word: str
    meant: str


def misread(text: str) -> Iterator[Misread]:
    """Every word such as `MÃ¼ller`, or `M√ºller`: letters in UTF-8 that some program took for others."""
    end = 0
    for found in _MISREAD.finditer(text):
        before, after = text[found.start() - 1 : found.start()], text[found.end() : found.end() + 1]
        if found.start() < end or (before.isupper() and not after.isalpha() and found[0][0] not in "â√‚"):
            continue  # of a word met before; or of one in capitals and in quotes, as in `SÃ»`
        start = max(text.rfind(sign, max(0, found.start() - 40), found.start()) for sign in ' \t\n\r,;:|<>"()') + 1
        start = max(start, found.start() - 40)
        stop = _WORD_END.search(text, found.end(), found.end() + 40)
        end = stop.start() if stop else min(len(text), found.end() + 40)
        word = text[start:end]
        if meant := _meant(word) or _meant(found[0]):
            yield Misread(start, word, meant if _meant(word) else word.replace(found[0], meant))


_WORD_END = re.compile(r'[ \t\n\r,;:|<>"()]')


def _meant(word: str) -> str:
    """What a word says when its letters are taken for the bytes they were made of; empty where they are none."""
    for encoding in ("cp1252", "mac_roman"):
        try:
            data = b"".join(
                bytes((ord(letter),))
                if encoding == "cp1252" and "\x80" <= letter <= "\x9f"
                else letter.encode(encoding)
                for letter in word
            )
            return data.decode("utf-8")
        except (UnicodeEncodeError, UnicodeDecodeError):
            continue
    return ""


def decoded(
    data: bytes, name: str, problems: Problems, encoding: str = "", understood: Callable[[str], int] | None = None
) -> str:
    """Bytes as text: UTF-8 or UTF-16, else the old encoding that gives the likeliest letters, with a warning.

    `encoding` is what somebody said the file is in; a mark at its start is believed all the same. `understood` says
    of how many words at the start of a text the meaning is known: an old encoding in which more are is likelier.
    """
    for mark, marked in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(marked, errors="replace")
    if encoding:
        return data.decode(encoding, errors="replace")
    if wide := _wide(data):
        return data.decode(wide, errors="replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as fault:
        return _guessed(data, fault.start, name, problems, understood)


def is_text(data: bytes) -> bool:
    """Whether bytes may be a text: no PDF, picture or packed file, and with few of the signs that nobody types.

    Zeros are many in UTF-16 and UTF-32 alone.
    """
    head = data[:4096]
    if head.startswith((*_PACKED, *_DRAWN)):
        return False
    if head.startswith(tuple(mark for mark, _ in _MARKS)) or _wide(data):
        return True
    untyped = len(head) - len(head.translate(None, _UNTYPED))
    return head.count(0) * 20 <= len(head) and untyped <= max(20, len(head) // 20)


_PACKED = (b"PK\x03\x04", b"\x1f\x8b", b"BZh", b"\xfd7zXZ", b"7z\xbc\xaf", b"Rar!", b"\x28\xb5\x2f\xfd")
_DRAWN = (b"%PDF", b"\xd0\xcf\x11\xe0", b"\x89PNG", b"GIF8", b"\xff\xd8\xff", b"{\\rtf")
_UNTYPED = bytes(range(1, 9)) + bytes(range(14, 26)) + bytes((28, 29, 30, 31))
"""Control characters, without those that texts of some age have: tab, line and page ends, end of file, escape."""


def _wide(data: bytes) -> str:
    """UTF-16 without its mark: zeros stand at every other place, and at no other."""
    head = data[:4096]
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if max(even, odd) * 10 < len(head) or min(even, odd) * 20 > max(even, odd):
        return ""
    return "utf-16-le" if odd > even else "utf-16-be"


def _guessed(
    data: bytes, first: int, name: str, problems: Problems, understood: Callable[[str], int] | None = None
) -> str:
    """A text that is not UTF-8, and a warning at its first letter that shows it."""
    before = _BREAKS.split(data[:first].decode("utf-8"))
    place = Place(name, len(before), len(before[-1]) + 1)
    called = Path(name).name
    as_utf8 = data.decode("utf-8", errors="replace")
    wrong = as_utf8.count("\ufffd")
    if sum(letter > "\x7f" for letter in as_utf8[:1_000_000]) > 4 * wrong:
        what = "a letter is" if wrong == 1 else f"{wrong} letters are"
        hint = "they are shown as \ufffd: save the file as UTF-8 again from where it came"
        problems.error(f"{called} is UTF-8, but {what} damaged", place, hint, "file.encoding")
        return as_utf8
    likely = _likely(data)
    if understood is not None:
        likely = _understood(data, likely, understood)
    best = likely[0]
    message = f"{called} is not UTF-8; it was read as {NAMES[best]}"
    hint = "look at the accented letters, or save the file as UTF-8"
    if len(likely) > 1:
        first = _differing(data, *likely[:2])
        before = _BREAKS.split(data[:first].decode(best, errors="replace"))
        place = Place(name, len(before), len(before[-1]) + 1)
        one, other = (_around(data, first, encoding) for encoding in likely[:2])
        message += f", in which {one!r} stands here; in {NAMES[likely[1]]} it would be {other!r}"
        setting = f"attendees: {{encoding: {likely[1]}}}"
        hint = f"if that is right, save the file as UTF-8; for a list you can write in event.yaml: {setting}"
    problems.warning(message, place, hint, "file.encoding")
    return data.decode(best, errors="replace")


def _understood(data: bytes, likely: list[str], understood: Callable[[str], int]) -> list[str]:
    """The likely encodings, or the one in which more words at the start are understood."""
    top = data[:_TOP]
    top = top[: top.rfind(b"\n") + 1] or top
    known = {
        encoding: understood(top.decode(encoding, errors="replace")) for encoding in dict.fromkeys([*likely, *NAMES])
    }
    best = max(known, key=lambda encoding: known[encoding])
    return [best] if known[best] > known[likely[0]] else likely


def _differing(data: bytes, one: str, other: str) -> int:
    """The first place beyond ASCII that two encodings read differently."""
    at = -1
    for found in _HIGH.finditer(data):
        at = found.start() if at < 0 else at
        if found[0].decode(one, errors="replace") != found[0].decode(other, errors="replace"):
            return found.start()
    return at


def _around(data: bytes, at: int, encoding: str) -> str:
    """The word a byte stands in, read in an encoding."""
    first = max(0, at - 20)
    start = max(data.rfind(sign, first, at) for sign in (b" ", b",", b";", b"\t", b"\n", b"\r", b'"', b"|"))
    end = re.compile(rb'[ ,;\t\n\r"|]').search(data, at)
    word = data[max(start + 1, first) : min(end.start() if end else len(data), at + 20)]
    return word.decode(encoding, errors="replace")


def _likely(data: bytes) -> list[str]:
    """The encodings a text is likeliest in: one, or two where both give letters that may be meant."""
    runs = [found[0] for found, _ in zip(_HIGH.finditer(data), range(_SEEN // 10), strict=False)]
    whole = b"".join(runs)
    high = len(whole)
    # Letters beyond ASCII stand alone in Latin words, side by side in all others.
    if high > 1.8 * len(runs):
        cyrillic = sum(byte >= 0xC0 or byte in (0xA8, 0xB8, 0xA3, 0xB3) for byte in whole)
        if cyrillic >= 0.97 * high:
            capitals = sum(0xC0 <= run[0] <= 0xDF for run in runs if len(run) > 1)
            return ["cp1251"] if 2 * capitals >= sum(len(run) > 1 for run in runs) else ["koi8_r"]
    if eastern := _eastern(data, runs):
        return [eastern]
    if _is_turkish(whole):
        return ["cp1254"]
    scores = {each: _latin(data, each) for each in ("cp1252", "mac_roman", "cp1250")}
    order = sorted(scores, key=lambda each: -scores[each])
    best, second = order[:2]
    if scores[best] - scores[second] < 0.6 * max(len(runs), 1) and not _same(data, best, second):
        return [best, second]
    return [best]


_OF_TURKISH = frozenset("ğĞşŞıİçÇöÖüÜâÂîÎûÛ".encode("cp1254"))
_ONLY_TURKISH = frozenset("ğĞşŞıİ".encode("cp1254"))
"""Bytes that Iceland uses for other letters, and never without the accents that Turkish has not."""


def _is_turkish(high: bytes) -> bool:
    used = frozenset(high)
    return used <= _OF_TURKISH and len(used & _ONLY_TURKISH) > 1 and "ı".encode("cp1254")[0] in used


def _same(data: bytes, one: str, other: str) -> bool:
    return data.decode(one, errors="replace") == data.decode(other, errors="replace")


def _eastern(data: bytes, runs: list[bytes]) -> str:
    """The encoding of a Chinese, Japanese or Korean text; empty where it is none."""
    cut = data[:_SEEN]
    cut = cut[: cut.rfind(b"\n") + 1] or cut if len(data) > _SEEN else cut
    for encoding, first, last, share in (
        ("cp949", "\uac00", "\ud7a3", 0.85),
        ("cp932", "\u3040", "\u30ff", 0.2),
        ("gb18030", "\u3000", "\u9fff", 0.9),
        ("cp932", "\u3000", "\u9fff", 0.9),
        ("big5", "\u3000", "\u9fff", 0.9),
    ):
        try:
            text = cut.decode(encoding)
        except UnicodeDecodeError:
            continue
        beyond = [letter for letter in text if letter > "\x7f"]
        eastern = [letter for letter in beyond if "\u3000" <= letter <= "\u9fff" or "\uac00" <= letter <= "\ud7a3"]
        if len(eastern) < 0.9 * len(beyond) or _broken_words(text):
            continue
        if encoding == "gb18030" and any(len(run) % 2 for run in runs[:2000]):
            continue  # both bytes of its letters are high
        if sum(first <= letter <= last for letter in beyond) >= share * len(beyond):
            return encoding
    return ""


def _broken_words(text: str) -> bool:
    """Whether Latin letters stand right beside the eastern ones more often than not, as in a misread `Müller`."""
    eastern = len(re.findall("[\u3040-\u9fff\uac00-\ud7a3]+", text))
    return 3 * len(re.findall("[A-Za-z][\u3040-\u9fff\uac00-\ud7a3]|[\u3040-\u9fff\uac00-\ud7a3][a-z]", text)) > eastern


def _latin(data: bytes, encoding: str) -> float:
    """How plausible the letters beyond ASCII are in an encoding."""
    score = 0.0
    for number, found in enumerate(_HIGH.finditer(data)):
        if number > _SEEN // 10:
            break
        around = data[max(0, found.start() - 1) : found.end() + 1].decode(encoding, errors="replace")
        lead = 1 if found.start() else 0
        for at in range(lead, lead + len(found[0])):
            before, letter = around[at - 1 : at] if at else "", around[at]
            after = around[at + 1 : at + 2]
            score += _plausible(before, letter, after, _CENTRE if encoding == "cp1250" else _WEST)
            if encoding == "cp1250" and letter.isalpha() and letter not in _WEST:
                score -= 1  # in most lists the same byte is a letter of Western Europe
    return score


def _plausible(before: str, letter: str, after: str, usual: frozenset[str]) -> float:
    if letter.isalpha():
        if not before.isalnum() and not after.isalnum():
            return 1 if letter in "àÀèÈéÉóÓúÚöÖåÅ" else -2  # words of one letter
        if letter.isupper() and before.islower():
            return -3  # a capital inside a word
        if letter.isupper() and after.islower() and before.isalpha():
            return -3
        if letter.islower() and before.isupper() and after.isupper():
            return -1
        return 3 if letter in usual else 2.5 if letter in "šžŠŽ" else 1
    between = before.isalpha() and after.isalpha()
    if letter in "’‘" and between:
        return 2
    if between or letter in "\ufffd" or (not letter.isprintable() and letter != "\u00a0"):
        return -3
    return 1 if letter in _SIGNS else -2
