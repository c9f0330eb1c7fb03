"""An event that is hard to print, as a folder: three days, talks with abstracts that hold lists and links, rooms,
speakers of the whole world, pictures of every kind, and brand colours said in inks, one of them a spot ink."""

from __future__ import annotations

import csv
import json
from pathlib import Path

from PIL import Image as pillow

NAMES = Path(__file__).parent / "names" / "hard-names.tsv"

TRACKS = ("Water", "Ore", "Energy")

ABSTRACT = """\
What began in three towns is now **known widely**. We tell what it cost, and who paid.

- measurements of four winters, read by hand
- two disappointments, *one of them ours*
- what became of the [first plant](https://example.org/plant)

Procurement of secondary materials is coordinated increasingly through cross-border partnerships, and practitioners
who attended earlier workshops will recognise several uncomfortable questions about responsibility.

1. bring a question
2. take two home
"""

SETTINGS = """\
title: "The deep and the dry: ועידת המים"
short_title: Deep and Dry
subtitle: Three days on water under mines
language: en
link: https://example.org/deep
organisers: [Mine Water Association]
supporters: [Region of Lapland, "Ville de Liège"]
venue: {name: Old Pumping Station, room: Engine Hall, address: "1 Canal Street, Tampere"}
facts:
  - {label: Wi-Fi, text: "deep, no password"}
  - {label: Emergency, text: "112"}
introduction: |
  Water is where mines end. These three days ask who keeps it clean, and for how long.
brand:
  primary: 'cmyk 85 30 20 35'
  accent: 'spot PANTONE 166 C: cmyk 0 76 100 0'
  logo: images/logo.png
roles:
  speaker: {word: Speaker, colour: 'spot PANTONE 166 C: cmyk 0 76 100 10'}
signs:
  - {text: Registration, kind: arrow, direction: left, where: Entrance}
  - {text: מלתחה, kind: notice, note: Please keep valuables with you, where: Cloakroom}
products:
  programme: {quantity: 200}
  speaker-cards: {}
  table-tents: {}
  badges: {layout: badge-90x55}
  badges-a6: {layout: badge-a6}
  signs-a3: {}
  signs-a4: {}
"""


def speakers() -> list[tuple[str, str]]:
    """Twenty-seven names from the shelf of hard ones, with their languages: Latin, right to left, Indic, East Asian."""
    with NAMES.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, dialect="excel-tab"))
    wanted = {
        *("de", "fr", "is", "tr", "vi", "nl", "el", "ru", "ka", "he", "ar", "fa", "ur"),
        *("hi", "bn", "th", "km", "my", "am", "zh", "ja", "ko", "sr", "hy", "mr", "cs", "pl"),
    }
    found = dict.fromkeys(wanted, "")
    for row in rows:
        if row["language"] in found and not found[row["language"]]:
            found[row["language"]] = row["name"]
    return [(language, name) for language, name in sorted(found.items()) if name]


def talks() -> list[tuple[str, str, list[str], str]]:
    """Time, title, speakers and room of every talk, day after day; those of the second day have no abstracts."""
    people = [name for _, name in speakers()]
    made = []
    for number in range(27):
        day, at = divmod(number, 9)
        minutes = 9 * 60 + 40 * at + 20 * (at // 3)
        cast = [people[number % len(people)]]
        if at % 4 == 1:
            cast.append(people[(number + 11) % len(people)])
        title = f"{TRACKS[at // 3]} {day + 1}.{at % 3 + 1}: what a mine leaves behind, told from its wells"
        made.append((f"{minutes // 60:02}:{minutes % 60:02}", title, cast, f"Shaft {at % 3 + 1}"))
    return made


def quoted(text: str) -> str:
    """As YAML takes it whatever is in it."""
    return json.dumps(text, ensure_ascii=False)


def agenda() -> str:
    """As YAML: three days of three sessions, a break after each but the last."""
    lines = ["title: 'The deep and the dry: ועידת המים'", "moderator: 'Ada Byron, Analytical Works'", "days:"]
    told = talks()
    for day in range(3):
        lines += [f"  - date: 2027-03-0{day + 2}", "    agenda:"]
        for track in range(3):
            lines += [f"      - session: Session {day * 3 + track + 1}", f"        title: {TRACKS[track]}"]
            lines += [f"        chair: {quoted(speakers()[track][1])}", "        entries:"]
            for at in range(3):
                time, title, cast, room = told[day * 9 + track * 3 + at]
                lines += [f"          - start: '{time}'", f"            title: '{title}'", f"            room: {room}"]
                lines += ["            speakers:", *(f"              - {{name: {quoted(name)}}}" for name in cast)]
                if day != 1:
                    lines += ["            abstract: |", *(f"              {line}" for line in ABSTRACT.splitlines())]
            if track < 2:
                hour, minute = divmod(9 * 60 + 40 * (3 * track + 3) + 20 * track, 60)
                lines.append(f"      - {{start: '{hour:02}:{minute:02}', title: Coffee break, kind: break}}")
    return "\n".join(lines) + "\n"


def pictures(folder: Path) -> list[str]:
    """A photograph in colour, one in the inks of a press, one half transparent, one grey, and a logo."""
    folder.mkdir()
    ramp = pillow.linear_gradient("L").resize((900, 900))
    colour = pillow.merge("RGB", (ramp, ramp.rotate(90), ramp.rotate(180)))
    colour.save(folder / "colour.jpg", quality=90)
    colour.convert("CMYK").save(folder / "inks.jpg", quality=90)
    clear = colour.copy()
    clear.putalpha(ramp)
    clear.save(folder / "clear.png")
    ramp.save(folder / "grey.png")
    clear.resize((600, 200)).save(folder / "logo.png")
    return ["colour.jpg", "inks.jpg", "clear.png", "grey.png"]


def hard(folder: Path) -> Path:
    """The folder of the event, ready to build."""
    event = folder / "deep-and-dry"
    event.mkdir()
    (event / ".eventprint").mkdir()
    (event / ".eventprint" / "secret").write_text("11" * 32 + "\n", encoding="ascii")
    (event / "event.yaml").write_text(SETTINGS, encoding="utf-8")
    (event / "agenda.yaml").write_text(agenda(), encoding="utf-8")
    photographs = pictures(event / "images")
    people = []
    for number, (_, name) in enumerate(speakers()):
        people += [f"{quoted(name)}:", f"  organisation: Institute {number + 1}"]
        if number % 3:
            people.append(f"  photo: images/{photographs[number % len(photographs)]}")
        if number % 2:
            people += ["  bio: |", *(f"    {line}" for line in ABSTRACT.splitlines())]
    (event / "people.yaml").write_text("\n".join(people) + "\n", encoding="utf-8")
    listed = ["Name,Organisation,Role"]
    listed += [f"Visitor {number:02} Of The Works,Hall {number % 7},Attendee" for number in range(70)]
    (event / "attendees.csv").write_text("\n".join(listed) + "\n", encoding="utf-8")
    return event
