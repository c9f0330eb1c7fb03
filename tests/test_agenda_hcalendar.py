"""Web pages with marked-up events, and schedules in an XML of their own."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from effort import grows_evenly

from eventprint import markup
from eventprint.event import Duty, Session, Sure
from eventprint.problems import Problems
from eventprint.read.agenda import Agenda, Given, read_agenda
from eventprint.read.exports.hcalendar import events

Reading = Callable[..., tuple[Agenda, Problems]]


@pytest.fixture
def read(tmp_path: Path) -> Reading:
    def reading(text: str, given: Given = Given()) -> tuple[Agenda, Problems]:
        file = tmp_path / "page.data"
        file.write_text(text, encoding="utf-8")
        problems = Problems()
        return read_agenda(file, problems, tmp_path, given), problems

    return reading


def told(problems: Problems) -> list[tuple[str, str, int]]:
    return [(problem.severity.value, problem.rule, problem.place.line) for problem in problems.found]


PAGE = """<!doctype html><html><head><title>River Days</title></head><body>
<ol>
<li class="h-event"><time class="dt-start" datetime="2026-05-07T10:00">10</time>–<time class="dt-end">10:30</time>
  <a class="p-name u-url" href="https://example.org/1">On <b>rivers</b> &amp; seas</a>
  <span class="p-location">Hall</span> <span class="p-category">Water</span>
  <div class="e-content"><p>One.</p><p>Two.</p></div>
  <a class="p-speaker h-card" href="https://example.org/ana"><span class="p-name">Ana Ruiz</span>,
    <span class="p-org org">Harbour</span></a></li>
<li class="vevent"><abbr class="dtstart" title="20260507T110000">11</abbr> <span class="summary">Break</span>
</ol>"""


def test_a_page_is_read_with_all_its_events_say(read: Reading) -> None:
    agenda, problems = read(PAGE)
    assert told(problems) == []
    first, second = agenda.entries()
    assert (agenda.title, first.title, first.link, first.room) == (
        "River Days",
        "On rivers & seas",
        "https://example.org/1",
        "Hall",
    )
    assert (str(first.start), str(first.end), first.track, first.abstract) == (
        "10:00",
        "10:30",
        "Water",
        "One.\n\nTwo.",
    )
    assert (second.title, str(second.start), second.is_break, second.place.line) == ("Break", "11:00", True, 9)
    assert [(person.name.full, person.organisation) for person in agenda.people] == [("Ana Ruiz", "Harbour")]


def test_an_event_that_holds_others_is_the_whole(read: Reading) -> None:
    inner = '<p class="vevent"><i class="summary">A</i><b class="dtstart">2026-05-07T10:00</b></p>'
    page = f'<body class="vevent"><h1 class="summary">River Days</h1><i class="dtstart">2026-05-07</i>{inner}</body>'
    agenda, problems = read(page)
    assert (agenda.title, [entry.title for entry in agenda.entries()], told(problems)) == ("River Days", ["A"], [])


def test_several_starts_are_an_open_point(read: Reading) -> None:
    page = '<p class="vevent"><i class="summary">A</i>\n<b class="dtstart">2026-05-07T10:00</b>\n'
    agenda, problems = read(page + '<b class="dtstart">2026-05-07T12:00</b></p>')
    assert [str(entry.start) for entry in agenda.entries()] == ["10:00"]
    assert told(problems) == [("open", "agenda.several-starts", 3)]


def test_a_time_that_is_none_is_told(read: Reading) -> None:
    _, problems = read('<p class="vevent"><i class="summary">A</i>\n<b class="dtstart">soon</b></p>')
    assert told(problems) == [("error", "agenda.time", 2)]


def test_a_class_that_only_looks_like_it_is_no_event() -> None:
    root = markup.html('<p class="my-vevent h-eventful">x</p>', "p").root
    assert root is not None
    assert events(root) == []


@pytest.mark.parametrize("name", ["ampm", "attendees", "combining", "concatenate", "time"])
def test_the_microformats_project_parses_it_the_same_way(real_data: Path, name: str) -> None:
    file = real_data / "hcalendar" / f"{name}.html"
    wanted = json.loads(file.with_suffix(".expected.json").read_text(encoding="utf-8"))["items"]
    root = markup.html(file.read_text(encoding="utf-8"), file.name).root
    assert root is not None
    found = events(root)
    assert len(found) == len(wanted)
    for event, item in zip(found, wanted, strict=True):
        for key, values in item["properties"].items():
            plain = [value["value"] if isinstance(value, dict) else value for value in values]
            assert [value for value, _ in event.said.get(key, [])] == plain, key


def test_the_pages_of_the_microformats_project_are_read(real_data: Path) -> None:
    agenda, problems = read_page(real_data, "attendees")
    assert [person.name.full for person in agenda.people] == [
        "Brian Warner",
        "Kyle Machulis",
        "Tantek Çelik",
        "Sid Sutter",
    ]
    assert {cast.sure for entry in agenda.entries() for cast in entry.cast} == {Sure.LIKELY}
    assert told(problems) == [("open", "agenda.guests", 8)]
    agenda, problems = read_page(real_data, "combining")
    assert [day.date for day in agenda.days] == [date(2012, 6, 30), date(2012, 7, 1)]
    assert told(problems) == []
    (entry,) = read_page(real_data, "concatenate")[0].entries()
    assert (str(entry.start), str(entry.end)) == ("19:00", "22:00")
    agenda, problems = read_page(real_data, "ampm")
    assert [str(entry.start) for entry in agenda.entries()] == ["19:00"]
    assert [rule for _, rule, _ in told(problems)] == ["agenda.several-starts"]


def read_page(real_data: Path, name: str) -> tuple[Agenda, Problems]:
    problems, file = Problems(), real_data / "hcalendar" / f"{name}.html"
    return read_agenda(file, problems, file.parent), problems


MICRODATA = """<!doctype html><html><body>
<div itemscope itemtype="https://schema.org/BusinessEvent"><h1 itemprop="name">River Days</h1>
<time itemprop="startDate" datetime="2026-05-07">7 May</time>
<span itemprop="location" itemscope itemtype="http://schema.org/Place"><b itemprop="name">Harbour House</b></span>
<ul>
<li itemprop="subEvent" itemscope itemtype="http://schema.org/Event">
 <meta itemprop="startDate" content="2026-05-07T09:30">
 <meta itemprop="endDate" content="2026-05-07T10:15"><a itemprop="url" href="https://example.org/1">
 <span itemprop="name">On rivers</span></a>
 <span itemprop="performer" itemscope itemtype="http://schema.org/Person"><span itemprop="name">Ana Ruiz</span>,
 <span itemprop="affiliation">Harbour Institute</span></span> <span itemprop="location">Hall</span>
<li itemprop="subEvent" itemscope itemtype="http://schema.org/Event"><span itemprop="name">On weirs</span>
 <time itemprop="startDate" datetime="2026-05-07T11:00">11</time>
 <link itemprop="eventStatus" href="https://schema.org/EventCancelled">
<li itemprop="subEvent" itemscope itemtype="http://schema.org/Event"><span itemprop="name">Lunch</span>
 <time itemprop="startDate" datetime="2026-05-07T12:00">12</time>
</ul></div>
{}</body></html>"""


def test_events_in_microdata_are_read_with_all_they_say(read: Reading) -> None:
    agenda, problems = read(MICRODATA.format(""))
    assert (agenda.title, agenda.venue.name) == ("River Days", "Harbour House")
    first, lunch = agenda.entries()
    assert (first.title, str(first.start), str(first.end), first.room) == ("On rivers", "09:30", "10:15", "Hall")
    assert (first.link, lunch.title) == ("https://example.org/1", "Lunch")
    assert [(person.name.full, person.organisation) for person in agenda.people] == [("Ana Ruiz", "Harbour Institute")]
    assert told(problems) == [("warning", "agenda.left-out", 12)]


def test_a_page_that_marks_up_the_conference_alone_is_read_as_text(read: Reading) -> None:
    start = '<time itemprop="startDate" datetime="2026-05-07T09:00">7 May 2026</time>'
    rows = "".join(f"<tr><td>{hour}:00</td><td>Talk {hour}</td></tr>" for hour in range(9, 12))
    for times in (rows, rows.replace("<td>9:", "<td>09:")):
        page = f'<div itemscope itemtype="http://schema.org/Event"><h1 itemprop="name">Days</h1>{start}'
        agenda, _ = read(f"<html><body>{page}<table>{times}</table></div></body></html>")
        assert [entry.title for entry in agenda.entries()] == ["Talk 9", "Talk 10", "Talk 11"]
    more = "".join(f"<p>{hour}:{minute} Talk</p>\n" for hour in range(10, 20) for minute in (10, 30))
    agenda, _ = read(MICRODATA.format(more))
    assert len(list(agenda.entries())) >= 20


# An XML of its own

OWN = """<?xml version="1.0"?>
<programm><name>River Days</name>
<tag datum="2026-05-07">
<session nr="1"><beginn>09:00</beginn><ende>09:45</ende><titel>On rivers</titel><raum>Hall</raum>
  <speaker id="7"><firstname>Ana</firstname><lastname>Ruiz</lastname><company>Harbour</company></speaker></session>
<session nr="2"><beginn>10:00</beginn><dauer>30 min</dauer><titel>On lakes</titel><raum>ALL</raum></session>
</tag></programm>"""


def test_an_own_xml_is_read_by_what_it_says(read: Reading) -> None:
    agenda, problems = read(OWN)
    assert told(problems) == []
    assert (agenda.title, [day.date for day in agenda.days]) == ("River Days", [date(2026, 5, 7)])
    found = [(entry.title, str(entry.start), str(entry.end), entry.room) for entry in agenda.entries()]
    assert found == [("On rivers", "09:00", "09:45", "Hall"), ("On lakes", "10:00", "10:30", "")]
    (person,) = agenda.people
    assert (person.name.full, person.name.given, person.organisation) == ("Ana Ruiz", "Ana", "Harbour")


def test_attributes_count_as_children_do(read: Reading) -> None:
    talks = '<talk title="A" start-time="9:00 AM" speaker="Ana Ruiz"/>\n<talk title="B" start-time="1:30 PM"/>'
    agenda, problems = read(f'<conf title="X">\n<day date="7 May 2026"><room name="Hall">\n{talks}</room></day></conf>')
    found = [(entry.title, str(entry.start), entry.room, len(entry.cast)) for entry in agenda.entries()]
    assert (found, told(problems)) == ([("A", "09:00", "Hall", 1), ("B", "13:30", "Hall", 0)], [])


def test_entries_without_a_date_are_told_once_and_take_that_of_the_event(read: Reading) -> None:
    day = "<day id='{0}'>\n<e><name>A</name><time><from>2:00 PM</from><to>3:00 PM</to></time></e></day>"
    text = f"<schedule>\n{day.format('Day1')}{day.format('Day2')}</schedule>"
    agenda, problems = read(text)
    assert [(day.date, day.title, len(list(day.entries()))) for day in agenda.days] == [
        (None, "Day1", 1),
        (None, "Day2", 1),
    ]
    assert told(problems) == [("open", "agenda.no-date", 3)]
    agenda, problems = read(text, Given(dates=(date(2026, 5, 7), date(2026, 5, 8))))
    assert [(str(day.date), str(entry.start)) for day in agenda.days for entry in day.entries()] == [
        ("2026-05-07", "14:00"),
        ("2026-05-08", "14:00"),
    ]
    assert told(problems) == []


SESSIONS = """<?xml version="1.0"?>
<program>
<session><sessiontitle>Rivers</sessiontitle><date>16 May 2026</date>
<starttime>2026-05-16T10:45:00-07:00</starttime><endtime>2026-05-16T11:30:00-07:00</endtime><room>Hall</room>
<chairs><chair><name><givenname>Ana</givenname><mi>M.</mi><surname>Ruiz</surname></name></chair></chairs>
<papers>
<paper><starttime>10:45</starttime><endtime>11:05</endtime><papertitle>On locks</papertitle>
<authors><author><name><givenname>Jan</givenname><mi/><surname>Maas</surname></name>
<affiliation>undefined</affiliation></author></authors></paper>
<paper><starttime>11:05</starttime><endtime>11:30</endtime><papertitle>On weirs</papertitle></paper>
</papers></session>
<session><sessiontitle>Lakes</sessiontitle><date>17 May 2026</date>
<papers><paper><starttime>09:00</starttime><papertitle>On reeds</papertitle></paper></papers></session>
</program>"""


def test_what_holds_entries_and_has_a_title_is_their_session(read: Reading) -> None:
    agenda, problems = read(SESSIONS)
    assert told(problems) == []
    rivers, lakes = (block for day in agenda.days for block in day.blocks)
    assert isinstance(rivers, Session)
    assert isinstance(lakes, Session)
    assert (rivers.title, str(rivers.start), str(rivers.end), rivers.room) == ("Rivers", "10:45", "11:30", "Hall")
    assert [(cast.person, cast.duty) for cast in rivers.cast] == [("ana-m-ruiz", Duty.CHAIR)]
    assert [(entry.title, str(entry.start)) for entry in rivers.entries] == [
        ("On locks", "10:45"),
        ("On weirs", "11:05"),
    ]
    assert (lakes.title, [entry.title for entry in lakes.entries]) == ("Lakes", ["On reeds"])
    assert [person.organisation for person in agenda.people] == ["", ""]


def test_the_slot_of_a_session_itself_is_no_entry(read: Reading) -> None:
    slot = "<slot><title>{}</title><date>2026-05-07</date><start_time>{}</start_time><end_time>{}</end_time>{}</slot>"
    chair = "<persons><person><role>Session Chair</role><name>Ana Ruiz</name></person></persons>"
    head = slot.format("Session: Rivers - Part 1", "09:00", "10:00", chair)
    talks = slot.format("On locks", "09:00", "09:30", "") + slot.format("On weirs", "09:30", "10:00", "")
    other = slot.format("Dinner", "19:00", "21:00", "")
    agenda, problems = read(f"<event><part><title>Rivers: Part 1</title>{head}{talks}</part>\n{other}</event>")
    session, dinner = agenda.days[0].blocks
    assert isinstance(session, Session)
    assert (session.title, str(session.start), str(session.end)) == ("Rivers: Part 1", "09:00", "10:00")
    assert [cast.duty for cast in session.cast] == [Duty.CHAIR]
    assert [entry.title for entry in session.entries] == ["On locks", "On weirs"]
    assert (dinner.title, told(problems)) == ("Dinner", [])


def test_days_that_are_elements_of_their_own_and_dates_without_a_year_are_days(read: Reading) -> None:
    slot = "<slot><start>{}</start><what>{}</what></slot>"
    days = (
        f"<Saturday>{slot.format('0900', 'A')}{slot.format('1030', 'B')}</Saturday>\n<Sunday>{slot.format('1000', 'C')}"
    )
    agenda, problems = read(f"<plan>\n{days}</Sunday></plan>")
    assert [(day.title, [entry.title for entry in day.entries()]) for day in agenda.days] == [
        ("Saturday", ["A", "B"]),
        ("Sunday", ["C"]),
    ]
    assert told(problems) == [("open", "agenda.no-date", 2)]
    event = "<event><time><dd>8th</dd><mm>{}</mm><from>{}</from></time><name>{}</name></event>"
    day = event.format("Oct", "2:00 PM", "A") + event.format("oct", "3:00 PM", "B")
    agenda, _ = read(f"<schedule><day id='Day1'>{day}</day></schedule>")
    assert [(day.title, len(list(day.entries()))) for day in agenda.days] == [("8th Oct", 2)]


def test_an_entry_without_a_time_that_can_be_read_is_told_and_not_lost(read: Reading) -> None:
    talk = "<talk><title>{}</title><start>{}</start></talk>\n"
    text = f"<p><day date='2026-05-07'>\n{talk.format('A', '10:00')}{talk.format('B', 'all day')}</day></p>"
    agenda, problems = read(text)
    assert sorted((entry.title, str(entry.start)) for entry in agenda.entries()) == [("A", "10:00"), ("B", "None")]
    assert told(problems) == [("error", "agenda.time", 3)]
    whole = talk.format("A", "2026-05-07T10:00") + talk.format("B", "2026-05-07T11:00") + talk.format("C", "")
    agenda, problems = read(f"<p>\n{whole}</p>")
    assert [entry.title for entry in agenda.entries()] == ["A", "B"]
    assert told(problems) == [("open", "agenda.no-time", 4)]


def test_a_category_is_the_track_and_neither_a_day_nor_the_title(read: Reading) -> None:
    talk = "<session><title>{}</title><start_time>{}</start_time></session>"
    talks = talk.format("A", "9:00 AM") + talk.format("B", "10:00 AM")
    text = f'<sessions>\n<category name="Regular">{talks}</category><category name="Short"></category></sessions>'
    agenda, problems = read(text)
    assert (agenda.title, [day.title for day in agenda.days]) == ("", [""])
    assert [(entry.title, entry.track) for entry in agenda.entries()] == [("A", "Regular"), ("B", "Regular")]
    assert told(problems) == [("open", "agenda.no-date", 2)]


def test_a_monday_of_each_track_is_one_day_and_a_list_of_names_is_no_fault(read: Reading) -> None:
    talk = '<session time="8:30 AM - 9:30 AM" title="{}"><presenters>{}</presenters></session>\n'
    track = '<track kind="{}"><day name="Monday">{}</day></track>'
    first = track.format("Water", talk.format("A", "Ana Ruiz, jam, Jan Maas, Ole Bull"))
    second = track.format("Land", '<event name="B" time="10:00 AM">Told in the element.</event>')
    agenda, problems = read(f'<array name="schedule">\n{first}{second}</array>')
    assert (agenda.title, [day.title for day in agenda.days]) == ("", ["Monday"])
    assert [(entry.title, entry.track, entry.abstract) for entry in agenda.entries()] == [
        ("A", "Water", ""),
        ("B", "Land", "Told in the element."),
    ]
    assert [person.name.full for person in agenda.people] == ["Ana Ruiz", "jam", "Jan Maas", "Ole Bull"]
    assert told(problems) == [("open", "agenda.no-date", 2)]


def test_words_that_all_begin_alike_are_understood(read: Reading) -> None:
    talk = "<Row><SessionName>{}</SessionName><SessionStart>2026-05-07T{}:00</SessionStart><SpeakerName>Ana Ruiz"
    talk += "</SpeakerName><RoomName>Hall {}</RoomName><SessionDescription>Water</SessionDescription></Row>\n"
    agenda, problems = read(f"<Rows>{talk.format('A', '10:00', 1)}{talk.format('B', '11:00', 2)}</Rows>")
    assert [(entry.title, str(entry.start), entry.room, entry.abstract) for entry in agenda.entries()] == [
        ("A", "10:00", "Hall 1", "Water"),
        ("B", "11:00", "Hall 2", "Water"),
    ]
    assert ([person.name.full for person in agenda.people], told(problems)) == (["Ana Ruiz"], [])


def test_a_feed_is_no_schedule(read: Reading) -> None:
    item = "<item><title>A</title><date>2026-05-07T10:00:00</date><time>10:00</time></item>"
    with pytest.raises(Exception, match="no schedule that is known"):
        read(f"<rss><channel>{item * 3}</channel></rss>")


def test_many_entries_side_by_side_take_no_longer_than_few(read: Reading) -> None:
    def entries(size: int) -> int:
        items = "".join(f"<e><title>T {n}</title><start>{n % 24:02}:00</start></e>" for n in range(size))
        agenda, _ = read(f"<all><date>2026-05-07</date>{items}</all>")
        return sum(1 for _ in agenda.entries())

    assert grows_evenly(entries, 500)
    assert entries(4000) == 4000
