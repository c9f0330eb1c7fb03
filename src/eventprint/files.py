"""Files that people bring: found by the names they are given in the material, and read without trusting them.

A name may come from anybody. It leads to no other place than the event folder, also not by a link; what it leads to is
read only where it is an ordinary file, never a device or a pipe that has no end, and never more of it than is sensible.
"""

from __future__ import annotations

import errno
import os
import re
import stat
from pathlib import Path, PureWindowsPath

LARGEST = 500_000_000
"""Bytes of any file; a kind of file that is always smaller has a limit of its own where it is read."""

LONGEST = 1000
"""Letters of a name that is looked for."""
LONGEST_PART = 255
"""Bytes of a file's name or of a folder's on the way to it: no system takes more."""

_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:")
"""The beginning of what leads into a network, or around a folder: `https:`, `file:`. A drive has one letter."""
_NO_NAME = re.compile("[\x00-\x1f\x7f\ud800-\udfff]")

_READ = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NONBLOCK", 0)


def astray(folder: Path, named: Path) -> str:
    """Why a name leads to nothing inside a folder, such as `lies outside the event folder`; empty where it does not.

    Windows' own ways out, such as `C:` and names of servers, count on every system, and are never looked at.
    """
    written = str(named)
    if _NO_NAME.search(written) or len(written) > LONGEST:
        return "has a name that no file has"
    if any(len(part.encode()) > LONGEST_PART for part in named.parts):
        return "has a name that no file has"
    if _ADDRESS.match(written):
        return "is an address, and nothing is fetched"
    windows = PureWindowsPath(written)
    if named.is_absolute() or windows.drive or windows.root or "~" in named.parts[:1]:
        return _OUTSIDE
    return "" if holds(folder, folder / named) else _OUTSIDE


_OUTSIDE = "lies outside the event folder"


def holds(folder: Path, file: Path) -> bool:
    """Whether a file lies in a folder, wherever links on the way to it lead."""
    try:
        return file.resolve().is_relative_to(folder.resolve())
    except (OSError, RuntimeError, ValueError):
        return False


def is_there(file: Path) -> bool:
    """Whether there is an ordinary file; not so for a name that no system takes."""
    try:
        return file.is_file()
    except (OSError, ValueError):
        return False


def shown(named: Path | str) -> str:
    """A name as a message gives it: with `/` between its parts, one line, and not longer than a line."""
    written = named if isinstance(named, str) else named.as_posix()
    plain = _NO_NAME.sub("�", written)
    return plain if len(plain) <= 120 else f"{plain[:60]}…{plain[-40:]}"


def contents(file: Path, most: int = LARGEST) -> bytes:
    """All bytes of an ordinary file.

    Raises OSError, whose `strerror` is for people, where it cannot be read, is none, or has more bytes than `most`.
    """
    try:
        state = file.stat()  # before it is opened: opening a device may already do something
        if not stat.S_ISREG(state.st_mode):
            raise _none(file, state)
        with os.fdopen(os.open(file, _READ), "rb") as stream:
            state = os.fstat(stream.fileno())
            if not stat.S_ISREG(state.st_mode):
                raise _none(file, state)
            data = stream.read(state.st_size + 1) if state.st_size <= most else b""
            # What says that it is empty may be without end, as files of the system are.
            while state.st_size < len(data) <= most and (more := stream.read(1_000_000)):
                data += more
    except ValueError:
        raise OSError(errno.EINVAL, "no file has such a name") from None
    if state.st_size > most or len(data) > most:
        size = f"{max(state.st_size, len(data)) / 1_000_000:,.0f} MB"
        raise OSError(errno.EFBIG, f"it has {size}, and no more than {most // 1_000_000} MB are read", str(file))
    return data


def _none(file: Path, state: os.stat_result) -> OSError:
    if stat.S_ISDIR(state.st_mode):
        return IsADirectoryError(errno.EISDIR, "it is a folder", str(file))
    return OSError(errno.EINVAL, "it is a device or a pipe, and no ordinary file", str(file))
