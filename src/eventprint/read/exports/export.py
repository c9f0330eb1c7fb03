"""How JSON exports say things: moments, lengths, texts in several languages, people, states, kinds.

What every reader of JSON takes from here is a value or nothing; what stands in the place of a value and is none is
reported there, once.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta, timezone
from email.utils import parsedate_to_datetime
from functools import cache
from typing import Any

from ...event import Duty, Kind, Service, Sure
from ...jsontext import List, Object, objects, told
from ...problems import Place, Problems
from ..agenda import Source
from ..language.dates import Calendar
from ..language.mentions import Mentions
from ..language.moments import clock
from ..language.names import fold
from ..language.plain import plain
from ..language.stamps import is_beyond
from ..language.vocabulary import split, vocabulary
from ..people.headings import Headings
from .schedules import Item, Speaker, placed, several

_ISO = re.compile(
    r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})"
    r"(?:(?:\s*[T,]\s*|\s+|-)(\d{1,2})[:.h]?(\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s*([aApP])?\.?(?:[mM]\.?)?)?"
    r"\s*(Z|UTC|GMT|[+-]\d{1,2}:?\d{2}|[+-]\d{2})?(?:\s*[\[(][\w/+ -]+[\])])?"
)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T?(\d{2})(\d{2})(\d{2})?(Z)?)?")
_EPOCH = re.compile(r"-?\d{9,13}(?:\.\d+)?")
_CLOCK = re.compile(
    r"\d{1,2}(?:[:.h]\d{2})?(?::\d{2}(?:\.\d+)?)?\s*(?:[aApP]\.?[mM]\.?|[hH]|Uhr)?(?:\s*(?:Z|[+-]\d{2}:?\d{2}))?"
)
_JAVASCRIPT = re.compile(
    r"[A-Za-z]{3} ([A-Za-z]{3}) (\d{1,2}) (\d{4}) (\d{2}):(\d{2})(?::(\d{2}))?(?: (?:GMT|UTC)([+-]\d{4})?)?(?: \(.*\))?"
)
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_ZONED = re.compile(r"\s*(Z|[+-]\d{2}:?\d{2})$")
_LENGTH = re.compile(
    r"(?:(\d{1,3})\s*(?:h|hours?|hrs?|std|stunden?)\.?)?\s*"
    r"(?:(\d{1,4})\s*(?:m|min|mins|minutes?|minuten|'|′)?\.?)?",
    re.IGNORECASE,
)
_PERIOD = re.compile(r"P(?:(\d{1,5})D)?(?:T(?:(\d{1,6})H)?(?:(\d{1,7})M)?(?:(\d{1,9})(?:\.\d+)?S)?)?", re.I)
_LANGUAGE = re.compile(r"(?!(?:id|to|tz|ip|ts|at|by|of|on|in|up)$)[a-z]{2}(?:[-_][A-Za-z]{2,8})*")
_WRONG = {"time": "agenda.time", "date": "agenda.date", "length": "agenda.length"}
"""The rules for values that are none."""
_EARLIEST, _LATEST = 1985, 2100

_ENDINGS = (".json", ".yml", ".yaml")
_PARTS = ("submissions", "sessions", "schedule", "talks", "slots", "speakers", "event")
"""Words in the names of files that belong together."""
_STATES: Mapping[str, frozenset[str]] = {
    "cancelled": frozenset(
        {"cancelled", "canceled", "cancellation", "called off", "abgesagt", "annulé", "annulée", "cancelado"}
        | {"cancelada", "annullato", "geannuleerd", "odwołane"}
    ),
    "withdrawn": frozenset({"withdrawn", "withdrew", "zurückgezogen", "retiré"}),
    "rejected": frozenset({"rejected", "declined", "refused", "not accepted", "decline queue", "abgelehnt", "refusé"}),
    "deleted": frozenset({"deleted", "removed", "trash", "trashed", "archived"}),
    "undecided": frozenset(
        {"submitted", "pending", "waitlisted", "waitlist", "waiting list", "waiting", "nominated", "accept queue"}
        | {"under review", "in review", "under consideration", "provisional", "reserve", "evaluation"}
    ),
    "unpublished": frozenset({"draft", "unpublished", "not published", "inactive", "private", "scratch"}),
    "hidden": frozenset({"hidden", "invisible", "not visible", "internal"}),
}
"""What an export calls items that do not take place, or are not yet to be told, by what is said of them here."""
_TRUE = frozenset({"true", "yes", "y", "1", "on"})
_FALSE = frozenset({"false", "no", "n", "0", "off"})
_FLAGS: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "cancelled": (("cancelled", "canceled", "isCancelled", "isCanceled", "is_cancelled", "is_canceled"), ()),
    "withdrawn": (("withdrawn", "isWithdrawn"), ()),
    "deleted": (("deleted", "isDeleted", "is_deleted"), ()),
    "hidden": (
        ("hidden", "isHidden", "is_hidden", "hide"),
        ("visible", "isVisible", "is_visible"),
    ),
    "unpublished": (
        ("draft", "isDraft", "is_draft", "unpublished", "private", "isPrivate", "is_private"),
        ("published", "isPublished", "is_published", "public", "isPublic", "is_public", "active", "is_active"),
    ),
}
"""Keys that say so when true, and keys that say so when false."""
_FLAGGED = frozenset(key for keys in _FLAGS.values() for way in keys for key in way)

_WRONG = {"date": "agenda.date", "time": "agenda.time", "length": "agenda.length"}
"""The rules for values that are none; whatever else is not as it should be is a matter of form."""


_KEYS: Mapping[str, tuple[str, ...]] = {
    "title": ("title", "name"),
    "start": ("start", "startsAt", "starts_at", "start_time", "startTime", "startDate", "starts-at", "begin", "date"),
    "end": ("end", "endsAt", "ends_at", "end_time", "endTime", "endDate", "ends-at", "duration"),
    "room": ("room", "roomId", "room_id", "location", "microlocation"),
    "id": ("id", "guid", "code", "uid", "uuid"),
    "link": ("url", "link", "website_url", "public_url", "urls"),
}
"""The keys of the parts of an item, the likeliest first."""


class Export:
    """A JSON file that is being read: it takes values out of its objects, and reports what is none."""

    def __init__(self, source: Source, problems: Problems) -> None:
        self.source, self.problems = source, problems
        self.language = (source.given.language or "en").casefold()
        self.others: dict[str, Place] = {}
        """Languages that also stand in the file, and where first."""
        self.taken: dict[str, None] = {}
        """Languages that were taken."""
        for fault in source.json.faults:
            tell = problems.error if fault.loses else problems.warning
            tell(fault.message, fault.place, fault.hint, fault.rule)

        self.met: dict[tuple[int, int], Speaker] = {}
        """Who was read before, by the file and the place there."""
        self.questions: dict[str, str] = {}
        """What people were asked, by the number of the question."""
        self.near: dict[str, Source | None] = {}

    # Files that belong together

    def another(self, *names: str) -> Source | None:
        """The first file of these names beside this one that holds JSON; `submissions` is `submissions.json`.

        Also one that is called as this one but for that word: `2024-speakers.json` beside `2024-sessions.json`.
        """
        own = self.source.file.name
        endings = dict.fromkeys((own[own.rfind(".") :], *_ENDINGS) if own.endswith(_ENDINGS) else _ENDINGS)
        for name in names:
            alike = (own.replace(word, name) for word in _PARTS if word in own)
            for called in (*(f"{name}{ending}" for ending in endings), *alike, name):
                if called not in self.near and called != own:
                    self.near[called] = self._opened(called)
                if (found := self.near.get(called)) is not None:
                    return found
        return None

    def _opened(self, called: str) -> Source | None:
        found = self.source.beside(called)
        if found is None or not isinstance(found.json.root, (Object, list)):
            return None
        self._faults(found)
        return found

    def beside(self, *names: str) -> Any:
        """What the first of these files beside this one holds."""
        found = self.another(*names)
        return None if found is None else found.json.root

    def _faults(self, source: Source) -> None:
        for fault in source.json.faults:
            tell = self.problems.error if fault.loses else self.problems.warning
            tell(fault.message, fault.place, fault.hint, fault.rule)

    # Texts

    def said(self, value: Object, *keys: str) -> str:
        """The first of these keys that says something, in the event's language where it stands in several."""
        for key in keys:
            said = value.values.get(key)
            if said is not None and said != "" and (text := self.words(said)):
                return text
        return ""

    def words(self, value: Any) -> str:
        """A text, a number, a text in several languages, or the name of an object."""
        if not isinstance(value, Object):
            said = told(value)
            return html.unescape(said) if "&" in said and ";" in said else said
        if in_languages(value):
            return self._chosen(value)
        for key in ("name", "title", "label", "rendered", "text", "value", "display_name"):
            inner = value.values.get(key)
            if isinstance(inner, Object):
                inner = self._chosen(inner) if in_languages(inner) else ""
            if text := told(inner):
                return html.unescape(text) if "&" in text and ";" in text else text
        return ""

    def _chosen(self, value: Object) -> str:
        """The event's language, else English, else the first; the others are remembered."""
        texts = {key: text for key, inner in value.values.items() if (text := told(inner))}
        wanted = (self.language, self.language.partition("-")[0], "en")
        best = next((key for want in wanted for key in texts if key.casefold().replace("_", "-") == want), None)
        best = best or next((key for key in texts if key[:2] == self.language[:2]), next(iter(texts), ""))
        for key, text in texts.items():
            if text != texts[best]:
                self.taken.setdefault(best)
                self.others.setdefault(key, value.place(key))
        return texts.get(best, "")

    def prose(self, value: Object, *keys: str) -> str:
        """As `said`, a long text as plain paragraphs."""
        return plain(self.said(value, *keys))

    def texts(self, value: Object, *keys: str) -> str:
        """What stands under all of these keys, each once, as plain paragraphs."""
        return "\n\n".join(dict.fromkeys(text for key in keys if (text := self.prose(value, key))))

    def names(self, value: Any) -> list[str]:
        """The names in a list of texts or objects, or the one name."""
        if isinstance(value, List):
            return [name for item in value if (name := self.words(item))]
        name = self.words(value)
        return [name] if name else []

    def finish(self) -> None:
        """Say which languages were not taken."""
        others = [language for language in self.others if language not in self.taken]
        if others:
            which = f"{', '.join(self.taken)} was taken, not {', '.join(others)}"
            message = f"titles and texts stand in several languages: {which}"
            hint = "write language: in event.yaml to choose another"
            self.problems.open(message, self.others[others[0]], hint, "agenda.languages")

    # Time

    def moment(self, value: Object, *keys: str, day: date | None = None, zone: str = "") -> datetime | None:
        """When something is: what stands under the first of these keys that says something.

        `day`: for a clock time alone. What is no time is an error at its place.
        """
        for key in keys:
            written = value.values.get(key)
            if written is None or written == "" or written is False or (isinstance(written, List) and not written):
                continue
            moment = read_moment(written, day)
            if moment is None:
                self.wrong(value.place(key), written, "time", "write it as 2026-05-07T09:30 where the export allows")
            return moment
        return None

    def begins(self, item: Item, value: Object, *keys: str, day: date | None = None) -> None:
        """Let an item begin at the moment under the first of these keys that says something."""
        before = len(self.problems.found)
        item.start = self.moment(value, *keys, day=day)
        item.told = len(self.problems.found) > before

    def wrong(self, place: Place, written: Any, what: str, hint: str = "") -> None:
        """Report something that stands in the place of a value and is none."""
        shown = told(written)
        said = f"“{shown[:60]}”" if shown else _kind_of(written)
        self.problems.error(f"{said} is no {what}", place, hint, _WRONG.get(what, "agenda.form"))

    def minutes(self, value: Object, *keys: str) -> float | None:
        """How long something takes, in minutes; what is no length is an error at its place."""
        for key in keys:
            written = value.values.get(key)
            if written is None or written in ("", 0) or isinstance(written, bool):
                continue
            length = read_minutes(written)
            if length is None:
                self.wrong(value.place(key), written, "length", "write minutes, or hours and minutes as 00:45")
                return None
            if isinstance(written, str) and is_beyond(written):
                message, hint = (
                    f"“{written}” has more than 59 minutes; it is read as {length:.0f} minutes",
                    "correct it",
                )
                self.problems.warning(message, value.place(key), hint, "agenda.length")
            return length or None
        return None

    def day(self, value: Object, *keys: str) -> date | None:
        """The date under the first of these keys that holds one."""
        for key in keys:
            moment = read_moment(value.values.get(key), None, whole=False)
            if moment is not None:
                return moment.date()
        return None

    def all(self, value: Any, what: str) -> Iterator[Object]:
        """The objects of a list or an object; whatever else stands there is an error at its place."""
        if isinstance(value, Object):
            found = [(value.place(key), each) for key, each in value.values.items()]
        elif isinstance(value, List):
            found = [(value.place(number), each) for number, each in enumerate(value)]
        else:
            found = []
        for place, each in found:
            if isinstance(each, Object):
                yield each
            elif each is not None:
                self.wrong(place, each, what, "take it out")

    # States

    def dropped(self, value: Object, *keys: str) -> str:
        """Why an item is not printed, as `Item.dropped` has it, by its state under these keys and by its flags."""
        for key in keys or ("state", "status"):
            state = self.words(value.values.get(key)).casefold().replace("_", " ").replace("-", " ").strip()
            reason = next((reason for reason, words in _STATES.items() if state in words), "")
            if reason:
                return reason
        if _FLAGGED.isdisjoint(value.values):
            return ""
        for reason, (when_true, when_false) in _FLAGS.items():
            if any(_truth(value.values.get(key)) is True for key in when_true):
                return reason
            if any(_truth(value.values.get(key)) is False for key in when_false):
                return reason
        return ""

    # People

    def table(self, found: Iterable[Object], *keys: str, what: str = "") -> dict[str, Object]:
        """Objects by their id; a second one of the same id is reported, and the first stays."""
        table: dict[str, Object] = {}
        for each in found:
            key = next((key for key in keys if told(each.values.get(key))), "")
            if not key:
                continue
            number = told(each.values[key])
            if table.setdefault(number, each) is not each and what:
                message = f"two {what} have the id {number[:60]}; the first is taken"
                hint = f"the other stands in line {table[number].place().line}"
                self.problems.warning(message, each.place(key), hint, "agenda.equal-ids")
        return table

    def joined(
        self, value: Object, key: str, table: Mapping[str, Object], what: str, *, ids: bool = True
    ) -> list[tuple[Object, Object | None, Place]]:
        """The objects that a list of ids under a key names, each with the object in the list and its place.

        An id that nothing has is reported at its place. An object in the list stands for itself, or for the one in
        the table that says more.
        """
        listed: Any = value.values.get(key)
        if isinstance(listed, Object) and not in_languages(listed):
            listed = objects(listed) or [listed]
        elif not isinstance(listed, list):
            listed = [listed]
        found: list[tuple[Object, Object | None, Place]] = []
        for number, each in enumerate(listed):
            place = listed.place(number) if isinstance(listed, List) else value.place(key)
            if isinstance(each, Object):
                numbers = [told(each.values.get(name)) for name in ("guid", "id", "code", "slug", "key")]
                known = next((table[number] for number in numbers if number in table), None)
                found.append((known if known is not None and len(known) > len(each) else each, each, each.place()))
            elif (said := told(each)) in table:
                found.append((table[said], None, place))
            elif said and ids and not self.source.json.ends_early:
                message = f"there is no {what} with the id {said[:60]}"
                self.problems.error(message, place, f"add the {what}, or take the id out", "agenda.unknown-id")
        return found

    def cast(self, value: Object, *keys: str, table: Mapping[str, Object] | None = None) -> tuple[list[Speaker], bool]:
        """The people under the first of these keys that names any, and whether one is still to be confirmed.

        `table`: who the ids are; without it a text is a name.
        """
        for key in keys:
            if value.values.get(key) in (None, "", []):
                continue
            found = self._named(value, key) if table is None else []
            for each, said, place in self.joined(value, key, table or {}, "speaker", ids=table is not None):
                person = self.person(each)
                if said is not None and said is not each:
                    _fill(person, self.person(said))
                person.place = place if said is None else self.person(said).place
                person.duty = _duty(said.text("role")) if said else None
                found.append(person)
            known = [each for each in found if not mentions().is_open(each.name)]
            for nameless in known:
                if not nameless.name.strip():
                    hint = "write the name in the source, or take the person out"
                    self.problems.warning("a person of an entry has no name", nameless.place, hint, "agenda.no-name")
            if found:
                people = [person for each in known if each.name for person in several(each, self.problems)]
                return people, len(known) < len(found)
        return [], False

    def everybody(self, listed: Iterable[Object], items: Iterable[Item]) -> list[Speaker]:
        """Everybody a list of speakers names, but for those of whom nothing takes place."""
        found, gone = set[str](), set[str]()
        for item in items:
            (gone if item.dropped else found).update(each.id for each in item.people)
        people = [self.person(each) for each in listed]
        return [each for each in people if each.id not in gone or each.id in found]

    def _named(self, value: Object, key: str) -> list[Speaker]:
        """People of whom nothing stands but the name."""
        listed = value.values.get(key)
        if isinstance(listed, str):
            first, *rest = [part.strip() for part in listed[:300].split(",")]
            if "(" not in listed and any(map(mentions().is_organisation, rest)):
                whole = Speaker(name=listed.strip(), place=value.place(key))
                together = [first, *rest[:-1]]
                if (
                    len(rest) > 1
                    and all(mentions().named(each) for each in together)
                    and not any(map(mentions().is_organisation, together))
                ):
                    # `Ana Ruiz, Jan Maas, Harbour University`
                    return [replace(whole, name=each, organisation=rest[-1], sure=Sure.LIKELY) for each in together]
                return [placed(whole)]
            found = [Speaker(name=name.strip(), place=value.place(key)) for name in parted(listed) if name.strip()]
            bracketed = len(found) > 1 and 2 * sum(each.name.endswith(")") for each in found) > len(found)
            return [placed(each) for each in found] if bracketed else found
        if not isinstance(listed, List):
            return []
        texts = [(number, each) for number, each in enumerate(listed) if isinstance(each, str) and each.strip()]
        # Where most have a comma or brackets, each is one person and where that one is from.
        beside = len(texts) > 1 and 2 * sum("," in each or each.endswith(")") for _, each in texts) > len(texts)
        return [
            placed(made) if beside else made
            for number, each in texts
            for made in [Speaker(name=each.strip(), place=listed.place(number))]
        ]

    @staticmethod
    def where(value: Object) -> dict[str, Place]:
        """Where the parts of an item stand, as `Item.where` has them."""
        found = ((part, next((key for key in keys if key in value.ats), "")) for part, keys in _KEYS.items())
        return {part: value.place(key) for part, key in found if key}

    def person(self, value: Object) -> Speaker:
        """Somebody, by the keys that exports use for it."""
        place = (id(value.lines), value.at)
        if place not in self.met:
            self.met[place] = self._person(value)
        return replace(self.met[place])

    def _person(self, value: Object) -> Speaker:
        given = self.said(value, "firstName", "first_name", "firstname", "given_name", "givenName")
        family = self.said(
            value, "lastName", "last_name", "familyName", "family_name", "lastname", "surname", "surName"
        )
        names = ("full_public_name", "public_name", "fullName", "full_name", "display_name", "displayName", "name")
        named = ("speakerName", "speaker_name", "presenterName", f"name_{self.language[:2]}", "name_en")
        beside = named if _truth(value.get("speaker")) is not None else (*named, "speaker")
        name = f"{given} {family}" if given and family else self.said(value, *names, *beside)
        name = name or f"{given} {family}"
        if family and not given and family not in name:
            name, given = f"{name} {family}", name
        houses = ("organisation", "organization", "company", "affiliation", "institution", "employer")
        organisation = self.said(value, *houses)
        position = self.said(value, "position", "job_title", "jobTitle", "job", "tagLine", "tagline", "role_title")
        if not position and name.strip() and "name" in value:
            position = self.said(value, "title")
            position = "" if position == name or len(position) > 120 else position
        made = Speaker(
            name=name.strip(" ,;"),
            organisation=organisation,
            position=position,
            bio=self.prose(value, "biography", "bio", "long-biography", "long_biography", "short-biography")
            or self.prose(
                value, "speakerBio", "speaker_bio", "short_biography", "shortBio", "short_bio", "about", "description"
            ),
            link=self._page(value),
            pronouns=self.said(value, "pronouns", "pronoun"),
            given=given,
            family=family,
            id=self.said(value, "id", "guid", "code", "uuid", "key", "username"),
            mail=_mail(self.said(value, "email", "mail", "emailAddress", "e-mail")),
            place=value.place(next((key for key in (*names, "firstName", "first_name") if key in value.ats), "")),
        )
        self._answered(made, value)
        return made

    def _answered(self, person: Speaker, value: Object) -> None:
        """What somebody answered who was asked for organisation, position or pronouns, where nothing else says it."""
        known = Headings.known()
        for each in [*value.objects("answers"), *value.objects("questionAnswers")]:
            asked, answer = each.get("question"), self.said(each, "answer", "answerValue")
            asked = asked.get("question", "title", "text") if isinstance(asked, Object) and "en" not in asked else asked
            question = self.words(asked) or self.questions.get(each.text("questionId", "question_id"), "")
            if not question or not 0 < len(answer) <= 120:
                continue
            parts = [fold(part).strip() for part in re.split(r"[/?:(]", question[:200])]
            for name in ("organisation", "position", "pronouns"):
                if not getattr(person, name) and any(known.holds(name, part) for part in parts):
                    setattr(person, name, answer)

    def _page(self, value: Object) -> str:
        """The page of a person, rather than one in a social network."""
        said = web(self.said(value, "website", "homepage", "website_url", "web", "blog", "link", "url"))
        links = [each for key in ("links", "contacts", "socials") for each in value.objects(key)]
        pages = [(self.said(each, "linkType", "type", "title", "name").casefold(), each) for each in links]
        for wanted in ("website", "homepage", "company", "company website", "blog"):
            for kind, each in pages:
                if wanted in kind and (page := web(self.said(each, "url", "link", "href"))):
                    return page
        return said or next((page for _, each in pages if (page := web(self.said(each, "url", "link", "href")))), "")


def _fill(person: Speaker, other: Speaker) -> None:
    """What the list of speakers leaves open of somebody may stand with the talk."""
    for name in ("organisation", "position", "bio", "link", "pronouns", "mail"):
        if not getattr(person, name):
            setattr(person, name, getattr(other, name))


_OUTSIDE = r"(?![^()]{0,200}\))"
"""Not within brackets."""
_FAMILY = re.compile(r"(?:[a-z]{1,3}\s)?[^\W\d_a-z][^\W\d_]+(?:[ -][^\W\d_a-z][^\W\d_]+)?")
"""A family name without a given one; acronyms are organisations."""


def _duty(role: str) -> Duty | None:
    return vocabulary().duty(role) if role and role.casefold() != "speaker" else None


def parted(names: str) -> list[str]:
    """Several names in one text, parted by line breaks, semicolons, `&`, `and`; by commas where all are whole names."""
    parts = re.split(rf"\s*(?:[\n;&]|\s(?:and|und|et|y|e|en)\s){_OUTSIDE}\s*", names)
    by_comma = [name for part in parts for name in re.split(rf",{_OUTSIDE}", part)]
    whole = all(len(name.split()) > 1 for name in by_comma)
    families = len(by_comma) > 2 and all(_FAMILY.fullmatch(name.strip()) and not name.isupper() for name in by_comma)
    return by_comma if whole or families else parts


@cache
def mentions() -> Mentions:
    """Tells names of people from other words."""
    return Mentions(vocabulary())


def in_languages(value: Object) -> bool:
    """Whether an object is a text in several languages, as `{"en": …, "fr": …}`."""
    return 0 < len(value) <= 40 and all(
        _LANGUAGE.fullmatch(key) and (said is None or isinstance(said, str)) for key, said in value.values.items()
    )


def web(address: str) -> str:
    """An address of the web; nothing for anything else."""
    return address if re.match(r"https?://\S+$", address, re.IGNORECASE) else ""


def _mail(address: str) -> str:
    return address if "@" in address else ""


def _truth(value: Any) -> bool | None:
    if isinstance(value, bool):
        return value
    word = told(value).casefold()
    return True if word in _TRUE else False if word in _FALSE else None


def _kind_of(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "an object" if isinstance(value, Object) else "a list" if isinstance(value, list) else "this"


def read_moment(
    value: Any, day: date | None = None, *, whole: bool = True, month_first: bool = False
) -> datetime | None:
    """A moment in any usual notation: ISO 8601 and its kin, seconds or milliseconds since 1970, a clock time on a day.

    `whole`: a date alone is no moment. `month_first`: 6/7/2026 is in June. An object with `date` and `time` is one, as
    Indico and Firebase write it.
    """
    if isinstance(value, Object):
        inner = value.get("seconds", "_seconds", "dateTime", "date_time", "datetime", "iso", "local")
        if inner is not None:
            return read_moment(inner, day, whole=whole)
        on = read_moment(value.get("date"), None, whole=False)
        return read_moment(value.get("time") or "", on.date()) if on and value.get("time") else None if whole else on
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return _since_1970(value)
    if not isinstance(value, str) or not value.strip() or len(value) > 80:
        return None
    written = value.strip()
    if _EPOCH.fullmatch(written):
        return _since_1970(float(written))
    if found := _ISO.fullmatch(written):
        year, month, date_, hour, minute, second, half, offset = found.groups()
    elif found := _COMPACT.fullmatch(written):
        year, month, date_, hour, minute, second, offset = found.groups()
        half = None
    elif (said := _JAVASCRIPT.fullmatch(written)) and said[1] in _MONTHS:
        year, month, date_, offset = said[3], str(_MONTHS.index(said[1]) + 1), said[2], said[7]
        hour, minute, second, half = said[4], said[5], said[6], None
    elif day is not None and _CLOCK.fullmatch(written):
        return _at_clock(written, day)
    else:
        return _in_words(written, whole, month_first)
    if hour is None and whole:
        return None
    return _made((year, month, date_), (hour or "0", minute or "0", second or "0"), half or "", offset or "")


def _made(on: tuple[str, str, str], at: tuple[str, str, str], half: str, offset: str) -> datetime | None:
    try:
        day = date(*map(int, on))
        hour, minute, second = map(int, at)
        if half:
            hour = hour % 12 + (12 if half in "pP" else 0)
        if (hour, minute, second) == (24, 0, 0):
            day, hour = day + timedelta(days=1), 0
        moment = datetime.combine(day, time(hour, minute, min(second, 59)), _zone(offset))
    except (ValueError, OverflowError):
        return None
    return moment if _EARLIEST <= moment.year <= _LATEST else None


def _zone(offset: str) -> timezone | None:
    if not offset:
        return None
    if offset[0] not in "+-":
        return UTC
    digits = offset[1:].replace(":", "")
    hours, minutes = (int(digits[:-2]), int(digits[-2:])) if len(digits) > 2 else (int(digits), 0)
    return timezone(timedelta(minutes=(hours * 60 + minutes) * (-1 if offset[0] == "-" else 1)))


def _since_1970(value: float) -> datetime | None:
    """Seconds, or milliseconds where seconds would lie beyond the year 5000."""
    try:
        seconds = value / 1000 if abs(value) > 1e11 else value
        moment = datetime.fromtimestamp(seconds, UTC)
    except (OverflowError, OSError, ValueError):
        return None
    return moment if _EARLIEST <= moment.year <= _LATEST else None


def _at_clock(written: str, day: date) -> datetime | None:
    zoned = _ZONED.search(written)
    plain_ = (written[: zoned.start()] if zoned else written).removesuffix("Uhr").strip()
    seconds = re.fullmatch(r"(\d{1,2}:\d{2}):\d{2}(?:\.\d+)?(\s*[aApP]\.?[mM]\.?)?", plain_)
    at = clock(f"{seconds[1]}{seconds[2] or ''}" if seconds else plain_)
    if at is None:
        return None
    midnight = datetime.combine(day, time(), _zone(zoned[1]) if zoned else None)
    return midnight + timedelta(minutes=at.minutes)


def _in_words(written: str, whole: bool, month_first: bool) -> datetime | None:
    """A moment such as `Sat, 20 Apr 2024 10:00:00 GMT` or `April 20, 2024 10:00 AM`."""
    try:
        moment = parsedate_to_datetime(written)
    except (ValueError, TypeError, IndexError, OverflowError):
        moment = None
    if moment is not None and re.search(r"\d:\d\d", written):
        return moment if _EARLIEST <= moment.year <= _LATEST else None
    found = calendar().find(written)
    if found and found.ambiguous and month_first:
        found = replace(found, day=found.month, month=found.day)
    on = found.date() if found else None
    if found is None or on is None or not _EARLIEST <= on.year <= _LATEST:
        return None
    rest = (written[: found.start] + " " + written[found.end :]).strip(" ,T-–")
    rest = re.sub(r"^(?:[^\W\d]+\.?,?\s+)?(?:at\s+|um\s+|à\s+)?", "", rest) if rest else ""
    if not rest or not re.search(r"\d", rest):
        return None if whole else datetime.combine(on, time())
    return _at_clock(rest, on) if _CLOCK.fullmatch(rest) else None


@cache
def calendar() -> Calendar:
    """Finds dates and weekdays in words."""
    return Calendar(vocabulary())


def read_minutes(value: Any) -> float | None:
    """A length in minutes: `45`, `"45"`, `"00:45"`, `"01:30:00"`, `"PT45M"`, `"1 h 30 min"`; None for anything else."""
    if isinstance(value, Object):
        hours, minutes = value.number("hours") or 0, value.number("minutes", "mins")
        return hours * 60 + (minutes or 0) if hours or minutes is not None else None
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return float(value) if 0 <= value < 100_000 else None
    if not isinstance(value, str) or not 0 < len(value.strip()) <= 30:
        return None
    written = value.strip()
    if found := re.fullmatch(r"(\d{1,3}):(\d{2})(?::(\d{2})(?:\.\d+)?)?", written):
        return int(found[1]) * 60 + int(found[2]) + int(found[3] or 0) / 60
    if re.fullmatch(r"\d{1,5}(?:\.\d{1,3})?", written):
        return float(written)
    if (found := _PERIOD.fullmatch(written)) and any(found.groups()):
        days, hours, minutes, seconds = (int(part or 0) for part in found.groups())
        return days * 1440 + hours * 60 + minutes + seconds / 60
    if (found := _LENGTH.fullmatch(written)) and any(found.groups()):
        return int(found[1] or 0) * 60 + int(found[2] or 0)
    return None


_PANELS = frozenset({"panel", "panels", "panel discussion", "roundtable", "round table", "podium", "podiumsdiskussion"})


def kind_of(word: str, title: str, *, named: bool, service: bool = False) -> tuple[Kind | None, Service | None]:
    """What an item is by the word an export has for its kind; None where its title and people tell more.

    `service`: the export says that it is no talk, such as a break.
    """
    words = vocabulary()
    by_title, purpose, _ = words.kind(title, named=named)
    plainly = " ".join(split(word.replace("_", " ").replace("-", " ")))
    kind, of_kind, certain = words.kind(plainly, named=False) if plainly else (Kind.OTHER, None, False)
    if kind is Kind.BREAK and certain and not named:
        _, met, _ = words.kind(title, named=False)
        return Kind.BREAK, met or of_kind or Service.PAUSE
    if plainly in _PANELS:
        return Kind.PANEL, None
    if by_title is Kind.BREAK and named and words.first(split(title), ("opening", "closing")):
        return Kind.ADDRESS, None
    if service and not named:
        return by_title, purpose
    return None, None
