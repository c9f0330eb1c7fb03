"""Ways to spoil material as people, programs and enemies do: by bytes, lines, pieces, values and elements."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Callable, Sequence
from random import Random
from typing import Any

LONGEST = 200_000

PIECES = [
    b"10:00", b"9.75", b"25:61", b"12:00 - 1:00", b"10:00\xe2\x80\x9310:20", b"0830-0900", b"14h00", b"2:00 PM",
    b"24:00", b"# ", b"## ", b"- ", b"* ", b"**", b"__", b"~~", b"| ", b"|", b"|---|---|", b"---", b"===", b"```",
    b"<!--", b"-->", b"(", b")", b"[", b"](", b"{", b"}", b"]", b"\"", b"'", b"&", b"&amp;", b"&#0;", b"&#x110000;",
    b"&l;", b"<", b">", b"</", b"/>", b"<td", b"<table>", b"</table>", b"<br>", b"<![CDATA[", b"]]>",
    b"<?xml version='1.0' encoding='x'?>", b"<!DOCTYPE a [<!ENTITY l 'ha'>]>", b"xmlns:a='b'", b":", b": ", b",",
    b";", b"\t", b"\n", b"\r", b"\r\n", b"\n\n", b"\0", b"\x0b", b"\x0c", b"\x1a", b"\x1b[31m", b"\x85", b"\xa0",
    b"\xc2\x85", b"\xe2\x80\xa8", b"\xef\xbb\xbf", b"\xff\xfe", b"\xed\xa0\x80",
    b"\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x92\xbb", b"\xe2\x80\xae", b"\xc5\xbf", b"\xc4\xb0", b"\xe7\xac\xac",
    b"TBC", b"tba", b"Session II: ", b"Chair: ", b"Moderator: ", b"Anna Berg, ETH", b" and ", b" & ", b" / ",
    b"11 May 2022", b"2022-02-30", b"31.04.2022", b"May 11", b"Day 2", b"Lunch", b"Kaffeepause", b"Venue: ",
    b"Introduction:", b"Agenda", b"null", b"true", b"NaN", b"-1", b"1e400", b"9" * 40, b"\\u0000", b"\\ud800", b"\\",
    b"/*", b"//", b"*a", b"&a ", b"<<: ", b"!!python/object:a", b"? ", b"- - - ", b"%YAML 9", b"BEGIN:VEVENT",
    b"END:VEVENT", b"BEGIN:VCALENDAR", b"RRULE:FREQ=SECONDLY", b"RRULE:FREQ=DAILY;COUNT=99999999",
    b"DTSTART:20221301T990000Z", b"DTSTART;TZID=/a/../b:20220511T100000", b"DURATION:P9999999W", b"=1+1", b"@SUM(A1)",
    b"9" * 5000, b"\xc2\xb2", b"\xd9\xa3",
    b"sep=;", b"A" * 300, b"a" * 5000, b" " * 500, b"\n" * 200, b"((((((((", b"[[[[[[[[", b"{{{{{{{{",
]  # fmt: skip
"""What readers look for, and what they would rather not meet."""


def mutated(seeds: Sequence[bytes], random: Random) -> bytes:
    """One of the seeds, spoilt a few times."""
    data = random.choice(seeds)
    for _ in range(random.choice((0, 1, 1, 1, 2, 2, 3, 5, 8))):
        data = random.choice(WAYS)(data, seeds, random)[:LONGEST]
    return data


def _flipped(data: bytes, seeds: Sequence[bytes], random: Random) -> bytes:
    made = bytearray(data)
    for _ in range(min(len(made), random.choice((1, 1, 2, 10)))):
        made[random.randrange(len(made))] = random.randrange(256)
    return bytes(made)


def _inserted(data: bytes, seeds: Sequence[bytes], random: Random) -> bytes:
    at = random.randrange(len(data) + 1)
    return data[:at] + random.choice(PIECES) * random.choice((1, 1, 1, 2, 20)) + data[at:]


def _cut(data: bytes, seeds: Sequence[bytes], random: Random) -> bytes:
    start, end = sorted(random.randrange(len(data) + 1) for _ in range(2))
    return random.choice((data[:start], data[start:], data[:start] + data[end:], data[start:end]))


def _spliced(data: bytes, seeds: Sequence[bytes], random: Random) -> bytes:
    other = random.choice(seeds)
    at, start = random.randrange(len(data) + 1), random.randrange(len(other) + 1)
    end = min(len(other), start + random.randrange(2000))
    return data[:at] + other[start:end] + data[random.choice((at, len(data))) :]


def _lines(data: bytes, seeds: Sequence[bytes], random: Random) -> bytes:
    lines = data.split(b"\n")
    a, b = random.randrange(len(lines)), random.randrange(len(lines))
    way = random.randrange(6)
    if way == 0:
        random.shuffle(lines)
    elif way == 1:
        lines[a], lines[b] = lines[b], lines[a]
    elif way == 2:
        del lines[a]
    elif way == 3:
        lines.insert(b, lines[a])
    elif way == 4:
        lines[a : a + 1] = [lines[a]] * 50
    else:
        lines[a : a + 2] = [b" ".join(lines[a : a + 2])]
    return b"\n".join(lines)


def _numbers(data: bytes, seeds: Sequence[bytes], random: Random) -> bytes:
    found = list(re.finditer(rb"\d+", data[:LONGEST]))
    if not found:
        return data
    one = random.choice(found)
    other = random.choice(
        (b"0", b"00", b"-1", b"99", b"9999", b"12", b"24", b"1" * 30, random.choice(found)[0], b"\xd9\xa1")
    )
    return data[: one.start()] + other + data[one.end() :]


def _words(data: bytes, seeds: Sequence[bytes], random: Random) -> bytes:
    found = list(re.finditer(rb"[^\s\d<>,;:\"'|]{2,40}", data[:LONGEST]))
    if len(found) < 2:
        return data
    one, other = sorted(random.sample(found, 2), key=lambda each: each.start())
    between = data[one.end() : other.start()]
    return data[: one.start()] + other[0] + between + one[0] + data[other.end() :]


def _values(data: bytes, seeds: Sequence[bytes], random: Random) -> bytes:
    """A JSON text with one of its values of another kind, or in another place."""
    try:
        root = json.loads(data)
    except (ValueError, RecursionError):
        return _elements(data, seeds, random)
    spots: list[tuple[Any, Any]] = []
    waiting = [root]
    while waiting:
        node = waiting.pop()
        for key in node if isinstance(node, dict) else range(len(node)) if isinstance(node, list) else ():
            spots.append((node, key))
            waiting.append(node[key])
    if not spots:
        return data
    node, key = random.choice(spots)
    other, its = random.choice(spots)
    odd: list[Any] = [
        None,
        True,
        0,
        -1,
        1e300,
        10**30,
        "",
        "\0",
        "\ud800",
        [],
        {},
        [[]],
        {"": {}},
        ["a"],
        {"en": "a", "fr": []},
    ]
    way = random.randrange(5)
    if way == 0:
        node[key] = random.choice(odd)
    elif way == 1:
        node[key], other[its] = other[its], node[key]
        return _dumped(root, data)
    elif way == 2:
        del node[key]
    elif way == 3:
        node[key] = [node[key]] * random.choice((0, 1, 3))
    elif isinstance(node, dict):
        node[random.choice(("", "title", "id", "start", "date", "room", "persons", "days", key + "x"))] = node.pop(key)
    return _dumped(root, data)


def _dumped(root: Any, data: bytes) -> bytes:
    try:
        return json.dumps(root, indent=1).encode()
    except (ValueError, RecursionError):
        return data


def _elements(data: bytes, seeds: Sequence[bytes], random: Random) -> bytes:
    """An XML or HTML text with two of its elements, tags or attributes exchanged."""
    pattern = random.choice((rb"<(\w+)\b[^<>]*>[^<>]*</\1>", rb"<[^<>]{1,200}>", rb"=\"[^\"]*\"", rb">[^<>]+<"))
    found = list(re.finditer(pattern, data[:LONGEST]))
    if len(found) < 2:
        return data
    one, other = sorted(random.sample(found, 2), key=lambda each: each.start())
    if random.randrange(2):
        return data[: one.start()] + data[one.end() :]
    return data[: one.start()] + other[0] + data[one.end() : other.start()] + one[0] + data[other.end() :]


def _cells(data: bytes, seeds: Sequence[bytes], random: Random) -> bytes:
    return data.replace(
        *random.choice(((b",", b";"), (b",", b"\t"), (b";", b","), (b"\n", b"\r"), (b'"', b""), (b"|", b",")))
    )


def _packed(data: bytes, seeds: Sequence[bytes], random: Random) -> bytes:
    """A workbook with one of its parts spoilt and packed again."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            parts = {part.filename: packed.read(part) for part in packed.infolist()[:50] if part.file_size < LONGEST}
    except Exception:  # whatever is no ZIP any more
        return _flipped(data, seeds, random)
    if not parts:
        return data
    name = random.choice(list(parts))
    parts[name] = random.choice((_flipped, _inserted, _cut, _numbers, _elements, _words))(parts[name], seeds, random)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        for each, part in parts.items():
            packed.writestr(each, part)
    return made.getvalue()


def _encoded(data: bytes, seeds: Sequence[bytes], random: Random) -> bytes:
    text = data.decode("utf-8", "replace")
    return text.encode(random.choice(("utf-16", "utf-16-le", "cp1252", "utf-8-sig", "mac_roman", "utf-7")), "replace")


WAYS: list[Callable[[bytes, Sequence[bytes], Random], bytes]] = [
    *(_flipped, _cut, _spliced, _numbers, _words, _cells, _encoded),
    *(2 * [_inserted, _lines, _values, _elements, _packed]),
]
