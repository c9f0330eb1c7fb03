"""Nothing in the file acts, hides or is locked."""

from __future__ import annotations

from collections.abc import Iterator

from ..facts import Work
from .registry import Finding, rule


@rule("PF-060")
def _annotations(work: Work) -> Iterator[Finding]:
    """No links, notes or form fields lie on the pages (ISO 15930-7).

    Links and notes are for the screen. On a press they are left out or printed as boxes, and the standard for
    print files forbids them.
    """
    for side in work.sides:
        for kind in side.annotations:
            yield Finding(side.number, f"an annotation lies on it ({kind})", "export for print, without links")


@rule("PF-060b")
def _actions(work: Work) -> Iterator[Finding]:
    """Nothing happens when the file is opened: no actions, no JavaScript, no form (ISO 15930-7).

    A print file has to look the same whoever opens it; what acts can change what is printed.
    """
    for action in work.file.actions:
        yield Finding(0, f"the file holds {action}", "export for print, without actions and forms")
    for side in work.sides:
        if side.actions:
            yield Finding(side.number, "an action is tied to it", "export for print, without actions and forms")


@rule("PF-060c", unread=True)
def _open_to_all(work: Work) -> Iterator[Finding]:
    """The file is not encrypted (ISO 15930-7).

    A shop's programs have to take the file apart to put its pages on sheets; a lock keeps them out.
    """
    if work.file.encrypted:
        also = ", and nothing else could be looked at" if work.file.broken else ""
        yield Finding(0, f"the file is encrypted{also}", "export it without a password or restrictions")


@rule("PF-060d")
def _attachments(work: Work) -> Iterator[Finding]:
    """No other files are attached.

    Nobody at a shop prints attached files, and a firewall may hold the whole file back because of them.
    """
    if work.file.attached:
        yield Finding(0, "other files are attached to it", "export it without attachments")
