"""A new event folder: commented, complete, and built at once; the organiser then replaces its parts one by one."""

from __future__ import annotations

import shutil
from pathlib import Path

from ..problems import Exit, Stop
from ..shelves import shelf


def write(folder: Path, source: Path | None = None) -> list[Path]:
    """The files of a new event in a folder that does not exist yet or is empty.

    With a source, that file becomes the agenda, byte for byte, and no invented attendees stand beside it.
    Raises Stop where the folder holds something, the source is missing, or nothing can be written.
    """
    if source is not None and not source.is_file():
        raise Stop(f"there is no file {source}", "name the agenda after --from", Exit.MISSING)
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise Stop(f"{folder} is there already", "name a folder that does not exist yet", Exit.USAGE)
    starter = shelf("data") / "starter"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        settings = (starter / "event.yaml").read_text(encoding="utf-8")
        if source is None:
            shutil.copyfile(starter / "agenda.md", folder / "agenda.md")
            shutil.copyfile(starter / "attendees.csv", folder / "attendees.csv")
        else:
            agenda = f"agenda{source.suffix or '.txt'}"
            shutil.copyfile(source, folder / agenda)
            settings = settings.replace("agenda: agenda.md   ", f"agenda: {agenda:<12}", 1)
            settings = settings.replace("attendees: attendees.csv", "# attendees: attendees.csv", 1)
        (folder / "event.yaml").write_text(settings, encoding="utf-8")
        (folder / ".gitignore").write_text("/print/\n/.eventprint/\n", encoding="utf-8")
    except OSError as fault:
        raise Stop(f"{folder} cannot be written: {fault.strerror}", "choose another folder", Exit.MISSING) from None
    return sorted(file for file in folder.iterdir() if file.name != ".gitignore")
