"""A generated programme of 64 pages and more, judged by its marks alone: no widow, no orphan, no heading at a foot, no
ladder of hyphens. Each fault is then made on purpose, and has to be seen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby, pairwise

import pytest
from conftest import copy_of_the_sample

from eventprint import compose, flow
from eventprint.event import Cast, Day, Duty, Entry, Event, Name, Person, Product, Session, Time
from eventprint.page import Page, Role, Text, walk
from eventprint.problems import Problems
from eventprint.read import read

SENTENCES = {
    "en": """
    Regional authorities increasingly coordinate procurement of secondary materials through cross-border partnerships.
    What began as an experiment in three municipalities has become an internationally recognised demonstration.
    We describe measurements, disappointments and unexpectedly straightforward improvements.
    Environmental responsibility and profitability turned out to be less contradictory than feared.
    Practitioners who attended earlier workshops will recognise several uncomfortable questions.
    Is transparency possible without bureaucracy?
    Participants receive documentation, spreadsheets and an honest description of everything that went wrong.
    The discussion afterwards concentrates on transferability, particularly towards sparsely populated areas.
    Costs fell by 14 % between 2019 and 2024, although energy became dearer.
    """,
    "de": """
    Seit vielen Jahren beschaffen Gemeinden ihre Rohstoffe gemeinsam und über die Grenzen der Länder hinweg.
    Aus einem Versuch an drei Orten entstand ein Vorhaben, das inzwischen weithin beachtet wird.
    Wir berichten über Messergebnisse, Enttäuschungen und überraschend einfache Verbesserungen.
    Die Sorge um die Umwelt und ein gutes Geschäft widersprechen einander weniger, als zu befürchten war.
    Gelingt das alles ohne neue Verwaltungsvorschriften?
    Alle erhalten Unterlagen, Beispiele zum Nachrechnen und eine ehrliche Liste der Fehler, die wir gemacht haben.
    In der anschließenden Gesprächsrunde geht es darum, was davon sich auf dünn besiedelte Gegenden übertragen lässt.
    """,
}


def text_of(language: str, start: int, length: int) -> str:
    lines = [line.strip() for line in SENTENCES[language].strip().splitlines()]
    return " ".join(lines[(start * 5 + n * (1 + start % 3)) % len(lines)] for n in range(length))


def paragraphs(language: str, number: int) -> str:
    """One to four paragraphs, now and then a list, as long as abstracts are."""
    made = [text_of(language, number + at, 2 + (number * 7 + at * 3) % 6) for at in range(1 + number % 4)]
    if number % 5 == 0:
        made.append("\n".join(f"- {text_of(language, number + at, 1)}" for at in range(4)))
    return "\n\n".join(made)


@pytest.fixture(scope="module", params=["en", "de"])
def event(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Event:
    """Four days of two tracks, 112 talks, 56 people."""
    language = request.param
    sample = read(copy_of_the_sample(tmp_path_factory.mktemp("pages")), Problems(), secret=True)
    people = tuple(
        Person(f"p{n}", Name(f"Given{n} Family{n:02}", f"Given{n}", f"Family{n:02}"), bio=paragraphs(language, n + 2))
        for n in range(56)
    )
    days = []
    for day in range(4):
        blocks = []
        for number in range(4):
            talks = []
            for at in range(7):
                n = (day * 4 + number) * 7 + at
                person = Cast(f"p{n % 56}", Duty.SPEAKER)
                minutes = 540 + 120 * number + 15 * at
                title = text_of(language, n, 1).rstrip(".?")
                talks.append(
                    Entry(
                        title,
                        start=Time(minutes, f"{minutes // 60:02}:{minutes % 60:02}"),
                        cast=(person,),
                        abstract=paragraphs(language, n),
                    )
                )
            blocks.append(Session(f"Session {number + 1}", text_of(language, number, 1).rstrip(".?"), tuple(talks)))
        days.append(Day(tuple(blocks)))
    return replace(
        sample, language=language, days=tuple(days), people=people, cast=(), introduction=text_of(language, 1, 30)
    )


def made(event: Event) -> tuple[Page, ...]:
    return compose.compose(event, Product("programme", "programme"), Problems()).pages


# The judge


Line = tuple[float, list[Text]]


def lines(page: Page) -> list[Line]:
    """The lines of the page from the top, each a baseline and its texts from the left; heads and feet are left out."""
    ordered = sorted(walked(page), key=lambda text: (round(text.y, 1), text.x))
    return [(y, list(texts)) for y, texts in groupby(ordered, key=lambda text: round(text.y, 1))]


def walked(page: Page) -> Iterator[Text]:
    for mark, _ in walk(page.marks):
        if isinstance(mark, Text) and mark.role is not Role.ARTIFACT:
            yield mark


def faults(pages: Sequence[Page]) -> set[str]:
    """What a typesetter would send back."""
    found: set[str] = set()
    where: dict[int, list[tuple[int, int]]] = {}
    for number, page in enumerate(pages[1:-1]):
        rows = lines(page)
        # a page of lines to write on has its heading at the top and no text below
        if (
            rows
            and rows[-1][0] > page.size.height / 2
            and any(text.role in (Role.H1, Role.H2, Role.H3) for text in rows[-1][1])
        ):
            found.add("heading at the foot")
        counted: dict[int, set[float]] = {}
        for y, texts in rows:
            for text in texts:
                counted.setdefault(text.block, set()).add(y)
        for block, ys in counted.items():
            where.setdefault(block, []).append((number, len(ys)))
        for block in counted:
            ends = [
                max((text for text in texts if text.block == block), key=lambda text: text.x).line.text[-1:]
                for _, texts in rows
                if any(text.block == block for text in texts)
            ]
            if any(set(three) <= set("\u00ad-\u2010") for three in zip(ends, ends[1:], ends[2:], strict=False)):
                found.add("ladder of hyphens")
    for parts in where.values():
        if len(parts) > 1:
            if parts[0][1] < 2:
                found.add("orphan")
            if parts[-1][1] < 2:
                found.add("widow")
    return found


def parted(pages: Sequence[Page]) -> int:
    """How many paragraphs run on from one page to the next."""
    blocks = [{text.block for text in walked(page) if text.block} for page in pages]
    return sum(len(before & after) for before, after in pairwise(blocks))


# The tests


def test_a_long_programme_has_no_fault_a_typesetter_would_send_back(event: Event) -> None:
    pages = made(event)
    assert len(pages) >= 64
    assert parted(pages) > 10, "paragraphs run over the page, or the test says nothing"
    assert faults(pages) == set()


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("change", "seen"),
    [
        ({"orphans": 1, "widows": 1, "keep_together": False}, {"orphan", "widow"}),
        ({"keep_with_next": False, "keep_together": False}, {"heading at the foot"}),
    ],
)
def test_the_judge_sees_what_it_must(
    event: Event, change: dict[str, object], seen: set[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    pour = flow.pour
    monkeypatch.setattr(flow, "pour", lambda pieces, columns: pour([replace(one, **change) for one in pieces], columns))
    assert seen <= faults(made(event))


@pytest.mark.thorough
def test_the_judge_sees_a_ladder(event: Event) -> None:
    page = made(event)[4]
    text = next(text for text in walked(page) if text.role is Role.P)
    soft = replace(text.line, text=text.line.text + "\u00ad")
    stack = tuple(replace(text, y=text.y + 10 * n, line=soft, block=9999) for n in range(3))
    assert faults([page, replace(page, marks=stack), page]) == {"ladder of hyphens"}
    assert faults([page, replace(page, marks=stack[:2]), page]) == set()
