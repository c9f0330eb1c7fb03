"""Schedules that web sites keep in YAML, such as `_data/schedule.yml`: read as the same objects in JSON would be.

The event's own `agenda.yaml` is no such file: it says each thing under one name, and is read to the letter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from ...jsontext import List, Object, objects
from ...problems import Problems
from .. import agenda
from ..agenda import Agenda, Source

_NAMED = re.compile(r"\s*+(?:-\s++)*+(?:&\w++\s++)?(?:\{\s*+)?[\"']?:?[^\W\d][\w -]{0,40}[\"']?:(?:\s|$)")
_SIGN = re.compile(r"\s*+(?:[]\[{}#-]|['\"]?\d|\.\.\.|<<:|$)")
"""A line that says neither that it is YAML nor that it is none: a comment, a bracket, an item of a list."""
_TIMED = 0.5
"""A likelihood that lists of titles without any time do not have."""
_OWN = ("agenda", "entries")


def likelihood(source: Source) -> float:
    """YAML whose objects are a schedule to one of the readers of JSON, and which is not the event's own agenda."""
    telling = [line for line in source.lines if not _SIGN.match(line)]
    named = sum(bool(_NAMED.match(line)) for line in (telling or source.lines))
    outer = all(_NAMED.match(line) for line in telling if not line[0].isspace())
    if not named or not (outer or named * 2 >= len(telling)):
        return 0.0
    root = source.json.root
    if not _nested(root) or _is_own(root):
        return 0.0
    return 0.85 if agenda.likelihood(_as_json(source)) >= _TIMED else 0.0


def read(source: Source, problems: Problems) -> Agenda:
    """The agenda of whatever the file holds."""
    return agenda.read_source(_as_json(source), problems)


def _as_json(source: Source) -> Source:
    """The same source, in the form that readers of JSON ask for."""
    assert source.json
    return replace(source, form="json")


def _nested(root: Any) -> bool:
    """Whether there is more than one group of names and values: a heading alone is no schedule."""
    values = root.values.values() if isinstance(root, Object) else root if isinstance(root, List) else ()
    return any(isinstance(value, Object) or objects(value) for value in values)


def _is_own(root: Any) -> bool:
    """Whether entries stand where the event's own agenda has them, under the names it has for them."""
    entries = list(_entries(root))
    return bool(entries) and 2 * sum("start" in each or "session" in each for each in entries) >= len(entries)


def _entries(root: Any) -> Iterator[Object]:
    for each in [root, *(root.objects("days") if isinstance(root, Object) else ())]:
        for key in _OWN if isinstance(each, Object) else ():
            yield from each.objects(key)
