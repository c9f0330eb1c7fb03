"""Lines of a text as people write it: what is said, without the marks that say how, each letter with its column.

Knows Markdown's emphasis, links, headings and lists as far as agendas use them, and what is no content at all: rulers,
comments, front matter. What the content means, this file does not know.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import unescape

from ...values import dataclass

MOST = 10_000
"""Lines of any text; beyond them one for each sixty-four letters: more are no agenda, and each takes its time."""
LONGEST = 4_000
"""Letters of a line in which emphasis and links are looked for; a longer line is no agenda line."""

BREAKS = re.compile(r"\r\n|\n|\r")


@dataclass(frozen=True, slots=True)
class Marked:
    """A text and the column of each of its letters in the source line, counted from 1."""

    text: str
    columns: Sequence[int]
    bold: bool = False
    """All of it was bold."""
    struck: bool = False
    """All of it was struck through."""
    linked: frozenset[int] = frozenset()
    """The columns of the letters that were a link."""

    @property
    def column(self) -> int:
        return self.columns[0] if self.columns else 1

    def cut(self, start: int, end: int | None = None) -> Marked:
        """From letter `start` up to letter `end`, without spaces around."""
        end = len(self.text) if end is None else end
        piece = self.text[start:end]
        start += len(piece) - len(piece.lstrip())
        piece = piece.strip()
        return Marked(piece, self.columns[start : start + len(piece)], self.bold, self.struck, self.linked)

    @property
    def is_link(self) -> bool:
        """Whether all of it was a link."""
        return bool(self.text) and self.linked.issuperset(self.columns)

    def __bool__(self) -> bool:
        return bool(self.text)

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank."""

    number: int
    raw: str
    content: Marked
    indent: int = 0
    """Spaces before it; a tab counts four."""
    bullet: bool = False
    heading: int = 0
    """1 to 6 for a Markdown heading."""
    aside: str = ""
    """Why the line holds no content, such as `ruler`; empty where it holds some."""
    after_blank: bool = False
    table: bool = False
    """A row of a table, in bars or in HTML."""
    command: bool = False
    """A command for another program, such as `<!talk|subject=Welcome!>`."""

    @property
    def text(self) -> str:
        return self.content.text


_TAG = (
    r"</?(?i:a|abbr|address|article|aside|b|big|blockquote|body|br|button|caption|center|code|col|colgroup|dd|del|details"
    r"|div|dl|dt|em|figure|font|footer|form|h[1-6]|head|header|hr|html|i|iframe|img|input|label|li|link|main|meta|nav|ol|p"
    r"|pre|s|section|small|span|strong|sub|summary|sup|svg|table|tbody|td|tfoot|th|thead|time|title|tr|u|ul)"
    r"(?:\s[^<>]*)?(?:/?>|$)"
)
_INLINE = re.compile(
    r"\\(?P<plain>[\\*_`~\[\]<>#|+.!()-])"
    r"|`(?P<referred>[^`<>]+?)\s*(?:<[^<>`]*>)?`__?(?!\w)"
    r"|(?P<code>`+)(?P<coded>[^`]+)(?P=code)"
    r"|!\[[^\]]*\]\([^()]*\)"
    r"|\[(?P<linked>[^\[\]]*)\]\((?:[^()]|\([^()]*\))*\)"
    r"|\[\[[^\[\]]+\]\[(?P<pointed>[^\[\]]+)\]\]"
    r"|\[(?P<named>[^\[\]]+)\]\[[^\[\]]*\]"
    r"|\[(?P<boxed>\[[^\[\]]*\])\]\((?:[^()]|\([^()]*\))*\)"
    r"|\*\*(?=\S)(?P<bold>.+?)(?<=\S)\*\*(?!\*)"
    r"|(?<!\w)__(?=\S)(?P<bold2>.+?)(?<=\S)__(?!\w)"
    r"|(?<!\w)\*(?=[^\s*])(?P<italic>.+?)(?<=\S)\*(?![\w*])"
    r"|(?<!\w)_(?=[^\s_])(?P<italic2>.+?)(?<=\S)_(?!\w)"
    r"|~~(?=\S)(?P<struck>.+?)(?<=\S)~~"
    rf"|(?P<tag>{_TAG})"
    r"|(?P<entity>&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]\w{1,30});)",
)
_WRAPPED = {
    "coded": "",
    "linked": "l",
    "referred": "l",
    "named": "l",
    "pointed": "l",
    "boxed": "l",
    "bold": "b",
    "bold2": "b",
    "italic": "",
    "italic2": "",
    "struck": "s",
}
_SOFT = "\xad"
"""A hyphen that shows only where a line is broken: our lines are broken elsewhere."""
_SPECIAL = re.compile(r"[\\*_`~\[<&]")
_BREAKING = re.compile(r"</?(?:br|p|div|li|td|th|tr|h\d)\b", re.IGNORECASE)


def mark(raw: str, start: int = 0, end: int | None = None) -> Marked:
    """The text of a piece of a line without emphasis, links and tags, trimmed."""
    end = len(raw) if end is None else end
    piece = raw[start:end]
    if len(raw) > LONGEST or not _SPECIAL.search(piece):
        return Marked(piece, range(start + 1, end + 1)).cut(0)
    letters: list[tuple[str, int, str]] = []
    _scan(raw, start, end, "", letters)
    solid = [style for letter, _, style in letters if not letter.isspace()]
    whole = Marked(
        "".join(letter for letter, _, _ in letters),
        tuple(column for _, column, _ in letters),
        bool(solid) and all("b" in style for style in solid),
        bool(solid) and all("s" in style for style in solid),
        frozenset(column for _, column, style in letters if "l" in style),
    )
    return whole.cut(0)


def _scan(raw: str, start: int, end: int, style: str, letters: list[tuple[str, int, str]]) -> None:
    at = start
    for found in _INLINE.finditer(raw, start, end):
        letters += [(raw[i], i + 1, style) for i in range(at, found.start())]
        at = found.end()
        name = found.lastgroup or ""
        if name == "plain":
            letters.append((found[name], found.start(name) + 1, style))
        elif name == "tag":
            if _BREAKING.match(found[name]):
                letters.append((" ", found.start() + 1, style))
        elif name == "entity":
            letters += [(letter, found.start() + 1, style) for letter in unescape(found[name]) if letter != _SOFT]
        elif name == "coded":
            letters += [(raw[i], i + 1, style) for i in range(found.start(name), found.end(name))]
        elif name:
            _scan(raw, found.start(name), found.end(name), style + _WRAPPED[name], letters)
    letters += [(raw[i], i + 1, style) for i in range(at, end)]


_HEADING = re.compile(r"(?:\s{0,3}>)*\s{0,3}(#{1,6})(?:\s+|$)")
_ORG = re.compile(r"^(?:\*{2,8} +\S|#\+(?:title|date|author|options):)", re.IGNORECASE | re.MULTILINE)
"""What only a text of Org has: headings of two stars, or its keys."""
_ORG_HEADING = re.compile(r"(\*{1,8})\s+(?:(?:TO[D]O|DONE|NEXT|WAITING)\s+)?(?:\[#[A-C]\]\s+)?")
"""Words for the state of a task are no part of a title; spelt so that no promise of our own is read here."""
_ORG_TAGS = re.compile(r"\s+:(?:[\w@#%]+:)+\s*$")
_ORG_KEY = re.compile(r"\s*#\+(\w+):\s*")
_ORG_DRAWER = re.compile(r"\s*:(?:properties|end|logbook|custom_id|id):", re.IGNORECASE)
_ORG_PROPERTY = re.compile(r"\s*:(\w+:)\s+\S")
_WIKI_HEADING = re.compile(r"\s{0,3}(={2,6})\s*([^=\s](?:[^=]*[^=\s])?)\s*\1\s*$")
_HTML_HEADING = re.compile(r"\s*(?:<(?:div|center|section|header)\b[^<>]*>\s*)*<h([1-6])\b[^<>]*>", re.IGNORECASE)
_CLOSED_HEADING = re.compile(r"\s+#+\s*$")
_ADDRESS = re.compile(r"\s{0,3}\[[^\[\]^]+\]:\s+<?(?:\w+:|[./#])\S*(?:\s+[\"'(].*)?\s*$")
_BULLET = re.compile(
    r"\s*(?::\s+(?=[+*-]\s))?(?:[-*+•‣◦▪·–—●○▶►☞]\s+|[•●▪・]\s*|>\s?|<(?i:li)\b[^<>]*>\s*)+|\s*:\s+(?=\S)"
)
_RULER = re.compile(r"\s*(?:[-=_*~+#^]\s*){3,}$")
_UNDERLINE = re.compile(r"\s{0,3}(?:=+|-{2,}|~{3,})\s*$")
_TABLE_RULE = re.compile(r"\s*(?:\|\s*)?:?-{2,}:?\s*(?:\|\s*(?:[:-]+\s*)?)*$")
_FENCE = re.compile(r"\s*(?:```|~~~)")
_TABLE = re.compile(r"<table(?:\s|>|$)", re.IGNORECASE)
_COMMAND = re.compile(r"\s*(?:<!(?!--)\w|\{[%{:#].*\}\s*$)")
_SUBSTITUTION = re.compile(r"\s*\|[^|\s](?:[^|]*[^|\s])?\|_{0,2}\s*$")
_DOCTYPE = re.compile(r"\s*<(?:!doctype|\?xml)\b", re.IGNORECASE)
_SHORTCODE = re.compile(r"\s*(?:\{\{[<%].*[>%]\}\}|\{%.*%\}|\{:.*\}|\{\{.*\}\}|:{3,}.*|\[\[?_?TOC_?\]?\])\s*$")
_DIRECTIVE = re.compile(r"\s*\.\.(?:\s|$)")


def lines(source: str) -> tuple[Line, ...]:
    """Every line that is not blank, in order, as far as a text has no more of them than an agenda."""
    raw_lines = BREAKS.split(source)
    reasons = _asides(raw_lines)
    tables = _tables(raw_lines)
    most = MOST + len(source) // 64
    org = _ORG.search(source) is not None
    found: list[Line] = []
    blank = True
    for number, raw in enumerate(raw_lines, 1):
        if not raw.strip():
            blank = True
            continue
        if len(found) == most:
            break
        before = found[-1] if found and not blank and not found[-1].aside else None
        reason = reasons.get(number, "")
        if not reason and before and not before.heading and _UNDERLINE.fullmatch(raw) and "|" not in before.raw:
            level = 1 if "=" in raw else 2
            if not before.bullet:
                found[-1] = Line(
                    before.number, before.raw, before.content, before.indent, False, level, "", before.after_blank
                )
            reason = "underline of the heading above it"
        table = number in tables or _barred(raw)
        found.append(_line(number, raw, reason or (_no_content(raw) if org else ""), blank, table=table, org=org))
        blank = False
    return tuple(found)


def _no_content(raw: str) -> str:
    """Why a line of an Org text holds no content."""
    if key := _ORG_KEY.match(raw):
        return "" if key[1].lower() in ("title", "date") else "front matter"
    return "a drawer" if _ORG_DRAWER.match(raw) else ""


def _line(number: int, raw: str, reason: str, blank: bool, *, table: bool, org: bool) -> Line:
    heading = bullet = None
    start, end, level = 0, len(raw), 0
    if not reason:
        for pattern, name in (
            (_RULER, "ruler"),
            (_TABLE_RULE, "ruler of a table"),
            (_FENCE, "code fence"),
            (_DIRECTIVE, "directive"),
            (_DOCTYPE, "type of the document"),
            (_SHORTCODE, "a command for another program"),
            (_SUBSTITUTION, "a picture or a link put in from elsewhere"),
            (_ADDRESS, "where a link of the text leads"),
        ):
            if pattern.match(raw) and (name != "ruler of a table" or "|" in raw):
                reason = name
                break
    if org and (heading := _ORG_HEADING.match(raw)):
        start, level = heading.end(), len(heading[1])
        end = tags.start() if (tags := _ORG_TAGS.search(raw, start)) else end
    elif org and (key := _ORG_KEY.match(raw)):
        start, level = key.end(), int(key[1].lower() == "title")
    elif org and (key := _ORG_PROPERTY.match(raw)):
        start = key.start(1)
    elif heading := _HEADING.match(raw):
        start, level = heading.end(), len(heading[1])
        closed = _CLOSED_HEADING.search(raw, start)
        end = closed.start() if closed else end
    elif heading := _WIKI_HEADING.match(raw):
        start, end, level = heading.start(2), heading.end(2), len(heading[1])
    elif heading := _HTML_HEADING.match(raw) if "<h" in raw or "<H" in raw else None:
        level = int(heading[1])
    elif bullet := _BULLET.match(raw):
        start = bullet.end()
    if raw.endswith("\\") and not raw.endswith("\\\\"):
        # How Markdown breaks a line.
        end = min(end, len(raw) - 1)
    content = mark(raw, start, max(start, end))
    if not reason and not any(letter.isalnum() for letter in content.text):
        reason = "no letters or figures in it"
    # ": - first", below what a list defines, stands as deep as the items after it.
    inset = raw.replace(":", " ", 1) if bullet and raw.lstrip().startswith(":") else raw
    space = inset[: len(inset) - len(inset.lstrip())].expandtabs(4)
    command = bool(_COMMAND.match(raw))
    return Line(number, raw, content, len(space), bullet is not None, level, reason, blank, table, command)


def _barred(raw: str) -> bool:
    return raw.lstrip().startswith("|") or raw.count("|") > 1


def _tables(raw_lines: Sequence[str]) -> frozenset[int]:
    """The numbers of all lines between `<table>` and `</table>`; a table that never ends goes on to the last."""
    found: set[int] = set()
    inside = False
    for number, raw in enumerate(raw_lines, 1):
        inside = inside or ("<" in raw and _TABLE.search(raw) is not None)
        if inside:
            found.add(number)
        inside = inside and "</table" not in raw.lower()
    return frozenset(found)


_WITHIN = {
    "-->": "comment",
    "</style>": "style or script",
    "</script>": "style or script",
    "</head>": "head of the page",
    "?>": "style or script",
    "%>": "style or script",
}


MAIL = "the head of a mail"
SUBJECT = re.compile(
    r"(?:subject|betreff|objet|asunto|oggetto|onderwerp|assunto|emne|ämne|temat|тема)\s*:\s*"
    r"(?:(?:re|fwd?|aw|wg|tr|rv|i|r|sv|vs|odp|pd)\s*:\s*)*(?P<value>.+)",
    re.IGNORECASE,
)
_SENDER = re.compile(r"(?:from|von|de|da|van|fra|från|od|от)\s*:", re.IGNORECASE)
_MAIL_LINE = re.compile(r"(?:[^\W\d_][\w-]{0,25}(?: \w{1,10})?\s*:|[ \t]+\S)")


def _mail_head(raw_lines: Sequence[str]) -> int:
    """The last line of who wrote a mail to whom, with its subject, at the top of a text; 0 where there is none."""
    end = next((at for at, raw in enumerate(raw_lines[:60]) if not _MAIL_LINE.match(raw)), min(60, len(raw_lines)))
    head = raw_lines[:end]
    is_one = len(head) > 2 and any(map(_SENDER.match, head)) and any(map(SUBJECT.match, head))
    return end if is_one and (end == len(raw_lines) or not raw_lines[end].strip()) else 0


def _asides(raw_lines: Sequence[str]) -> dict[int, str]:
    """Lines by number that belong to front matter, to a comment, to a style sheet or to a script."""
    found: dict[int, str] = {}
    opening = raw_lines[0].strip() if raw_lines else ""
    if opening in ("---", "+++"):
        closing = next((i for i, raw in enumerate(raw_lines[1:], 2) if raw.strip() == opening), 0)
        if any(re.match(r"\s*[\w-]+\s*[:=]", raw) for raw in raw_lines[1 : max(closing - 1, 0)]):
            found.update(dict.fromkeys(range(1, closing + 1), "front matter"))
    found.update(dict.fromkeys(range(1, _mail_head(raw_lines) + 1), MAIL))
    if not any("<" in raw for raw in raw_lines):
        return found
    openers = ("<!--", "<style", "<script", "<head>", "<?php", "<%")
    closers = ("-->", "</style>", "</script>", "</head>", "?>", "%>")
    last = {
        closer: max((i for i, raw in enumerate(raw_lines, 1) if closer in raw.lower()), default=0) for closer in closers
    }
    waiting = ""
    for number, raw in enumerate(raw_lines, 1):
        lowered = raw.lower().strip()
        if waiting:
            # The title of a page is part of what it says.
            if waiting != "</head>" or "<title" not in lowered:
                found[number] = _WITHIN[waiting]
            if waiting in lowered:
                waiting = ""
            continue
        for opener, closer in zip(openers, closers, strict=True):
            # A comment that ends within its line before other words is left to the words.
            if number not in found and lowered.startswith(opener) and last[closer] >= number:
                if closer not in lowered:
                    waiting = closer
                elif not lowered.endswith(closer):
                    continue
                found[number] = _WITHIN[closer]
    return found


def short(text: str) -> str:
    """A title short enough to be named in a message."""
    return text if len(text) <= 60 else text[:57].rsplit(" ", 1)[0] + " …"
