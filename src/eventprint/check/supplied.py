"""What the organiser supplied with the texts: pictures, and the links that become codes to scan."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

from .. import images
from ..event import Event
from ..geometry import mm
from ..page import Group, Mark, Page, Picture
from ..problems import Place, Problems, place_in

COARSE = 150
"""Pixels to the inch under which everybody sees that a picture is too small for its place."""

_SCHEMES = ("http", "https", "mailto", "tel")
_HOST = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)", re.IGNORECASE)
_BARE = re.compile(r"(?:[a-z0-9-]+\.)+[a-z]{2,}(?:[/?#:].*)?", re.IGNORECASE)
_RELATIVE = re.compile(r"(?!www\.)(?:\.{0,2}/(?!/)|#|[\w-]+/|[\w-]+\.html?\b)[^\s:]*", re.IGNORECASE)
"""A link inside a site, as pages and their sources have them: `/talks/7`, `../talks`, `talks.html#7`."""
_MAIL = re.compile(r"[^@\s]+@(?:[a-z0-9-]+\.)+[a-z]{2,}(?:\?.*)?", re.IGNORECASE)


def _pictures(event: Event, problems: Problems) -> None:
    for file in event.pictures:
        try:
            images.open_image(file)
        except (ValueError, OSError) as fault:
            problems.add(images.unreadable(file, fault, event.folder, event.pictures))


def _links(event: Event, problems: Problems) -> None:
    """Links that no telephone can follow; whether anybody answers there is not asked."""
    within = [(link, place) for link, place in event.links.items() if _RELATIVE.fullmatch(link)]
    if len(within) > 1:
        link, place = within[0]
        message = f"{len(within)} links lack the address of their site, the first of them {link!r}"
        hint = "they lead nowhere from a code; write the whole address of those that are to be printed"
        problems.open(message, place, hint, "link.form")
    for link, place in event.links.items():
        if len(within) > 1 and (link, place) in within:
            continue
        if fault := link_fault(link):
            what, hint = fault
            problems.warning(f"the link {link!r} {what}", place, hint, "link.form")


def link_fault(link: str) -> tuple[str, str] | None:
    """What is wrong with the form of a link, and what to do; None where nothing is."""
    address = "write the whole address, such as https://example.org/programme"
    if re.search(r"[\s\x00-\x1f]", link):
        return "has a blank in it", "write %20 for a blank that belongs to it"
    if _MAIL.fullmatch(link) and ":" not in link:
        return "is a mail address", f"write mailto:{link}"
    if _BARE.fullmatch(link) and not re.match(r"[a-z0-9+-]+:(?!\d)", link, re.IGNORECASE):
        return "does not begin with https://", f"write https://{link}"
    scheme, colon, rest = link.partition(":")
    if not colon:
        return "is no address", address
    if scheme.lower() not in _SCHEMES:
        near = {"htp": "http", "htpp": "http", "htttp": "http", "ttp": "http", "hhtp": "http"}
        near |= {"htps": "https", "htpps": "https", "htttps": "https", "ttps": "https", "hhtps": "https"}
        right = near.get(scheme.lower())
        return f"begins with {scheme!r}, which opens nothing", f"write {right}{colon}{rest}" if right else address
    if scheme.lower() == "mailto":
        return None if _MAIL.fullmatch(rest) else ("names no mail address", "write mailto:name@example.org")
    if scheme.lower() == "tel":
        return None if re.fullmatch(r"\+?[\d().-]+", rest) else ("is no telephone number", "write tel:+4930123456")
    return _web_fault(link, rest)


def _web_fault(link: str, rest: str) -> tuple[str, str] | None:
    if not rest.startswith("//") or rest.startswith("///"):
        return "has not two slashes after its colon", "write https:// and the address"
    try:
        parts = urlsplit(link)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        return "is no address", "write the whole address, such as https://example.org/programme"
    if not host:
        return "names no host", "write the whole address, such as https://example.org/programme"
    if not link.isascii():
        try:
            plain = host.encode("idna").decode("ascii") if not host.isascii() else host
        except UnicodeError:
            plain = ""
        if not plain:
            return f"has no possible host: {host}", "copy the address from the browser"
        odd = ", ".join(dict.fromkeys(letter for letter in link if not letter.isascii()))
        hint = "copy the address from the browser, which writes them with % or xn--"
        return f"has letters that some telephones do not follow: {odd}", hint
    labels = host.split(".")
    if len(labels) < 2 and host != "localhost" and ":" not in host:
        return f"names no host that can be reached from elsewhere: {host}", "write the whole name, with its ending"
    if ":" not in host and not all(map(_HOST.fullmatch, labels)):
        return f"has no possible host: {host}", "copy the address from the browser"
    return None


RULES = (_pictures, _links)


# What came out on the pages


def check_pages(event: Event, products: Iterable[tuple[str, tuple[Page, ...]]], problems: Problems) -> None:
    """Report pictures that are too small for where the pages put them: each once, at its largest."""
    worst: dict[Place, tuple[float, str, str]] = {}
    for name, pages in products:
        for picture in _placed(page.marks for page in pages):
            file = picture.image.file
            place = event.pictures.get(file) or place_in(event.folder, file)
            sharp = images.effective_ppi(picture)
            if sharp < COARSE and (place not in worst or sharp < worst[place][0]):
                seen = picture.clip or picture.box
                size = f"{seen.width / mm:.0f} mm wide on the {name}"
                worst[place] = sharp, f"{place_in(event.folder, file).file} is printed {size}", f"{COARSE / sharp:.1f}"
    for place, (sharp, what, times) in worst.items():
        message = f"{what}, at {sharp:.0f} pixels to the inch"
        hint = f"supply it {times} times as large: {COARSE} are the least, 300 are good"
        problems.warning(message, place, hint, "picture.coarse")


def _placed(pages: Iterable[tuple[Mark, ...]]) -> Iterator[Picture]:
    """Every picture placed on pages; groups that many pages share are looked into once."""
    seen: set[int] = set()
    for marks in pages:
        waiting = list(marks)
        while waiting:
            mark = waiting.pop()
            if isinstance(mark, Picture):
                yield mark
            elif isinstance(mark, Group) and id(mark) not in seen:
                seen.add(id(mark))
                waiting += mark.marks
