"""Put finished files into the organiser's folder: each whole or not at all, and a manifest of what lies there.

Knows names and bytes, not what a file shows. Only `describe` looks inside a PDF, and only where its maker did not
already say how many pages it has.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import io
import json
import os
import secrets
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import Any

from .geometry import SLACK, Size, mm
from .problems import Exit, Stop
from .values import dataclass

MANIFEST = "manifest.json"
"""What lies in the folder and where it came from; written last, so that it never promises a file that is not there."""

_JOURNAL = ".eventprint-unfinished.json"
"""The names a run is about to write; it outlives the run only where the run was cut short."""

_PART = (".eventprint-", ".part")
"""How the file beside the real one is called while it is written; short, for the real name may use up the limit."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """What became of each file, by name in order of the alphabet."""

    written: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()


def deliver(
    folder: Path, files: Mapping[str, bytes], *, manifest: Mapping[str, Any], only: Collection[str] | None = None
) -> Delivery:
    """Write files into a folder and the manifest last; a kill at any moment leaves each file old or new, never half.

    Names are relative to the folder, with `/` between its parts. `manifest` holds whatever describes the run and, under
    `files`, one entry a file as `describe` makes it; checksum and length are taken from the bytes themselves. A file
    that has its bytes already is not touched. Files the last manifest lists and this run did not make are removed,
    with `only` those alone whose product is named in it; files of other origin are never touched.

    Raises Stop (Exit.MISSING) where the folder cannot take a file, or where a name repeats or leads outside.
    """
    names = sorted(files)
    _refuse_names(names)
    with _plainly(folder):
        folder.mkdir(parents=True, exist_ok=True)
    old = _entries(folder)
    kept = {} if only is None else {name: each for name, each in old.items() if each.get("product") not in only}
    kept = {name: each for name, each in kept.items() if name not in files and _is_there(folder / name)}
    before = {*old, *_unfinished(folder)}
    _sweep(folder, {*before, *names})
    if not before.issuperset(names):
        _write(folder, _JOURNAL, _as_json({"names": sorted(before.union(names))}))
    written = tuple(name for name in names if not _holds(folder, name, files[name]))
    for name in written:
        _write(folder, name, files[name])
    here = [folder / name for name in (*names, *kept)]
    removed = tuple(name for name in sorted(before.difference(names, kept)) if _remove(folder, name, here))
    given = {str(each["file"]): each for each in manifest.get("files", ())}
    entries = {name: {**given.get(name, {}), "file": name, **_sums(files[name])} for name in names}
    listed = [entry for _, entry in sorted((kept | entries).items())]
    text = _as_json({**manifest, "files": listed})
    if not _holds(folder, MANIFEST, text):
        _write(folder, MANIFEST, text)
    _remove(folder, _JOURNAL, ())
    return Delivery(written, tuple(name for name in names if name not in written), removed)


def write(file: Path, data: bytes) -> None:
    """Write one file wherever it was asked for, whole or not at all, without a manifest.

    Follows a link to the file it stands for. Raises Stop (Exit.MISSING) where it cannot be written.
    """
    target = file.resolve()
    if target.exists() and not target.is_file():
        raise Stop(f"cannot write {file}: it is no ordinary file", "name a file that ends in .pdf", Exit.MISSING)
    if _holds(target.parent, target.name, data):
        return
    _sweep(target.parent, ())
    _write(target.parent, target.name, data)


def describe(
    name: str,
    data: bytes,
    *,
    product: str = "",
    sources: Sequence[str] = (),
    pages: int | None = None,
    trim: Size | None = None,
) -> dict[str, Any]:
    """The manifest's entry for a file: name, product, pages, trim in millimetres, checksum, bytes and sources.

    A PDF is opened only where `pages` or `trim` is not given. The trim is null where its pages differ in size, and both
    are for what is no PDF or cannot be read as one.
    """
    if data.startswith(b"%PDF-") and (pages is None or trim is None):
        pages, trim = _look_inside(data)
    return {
        "file": name,
        "product": product,
        "pages": pages,
        "trim": trim and [round(trim.width / mm, 2), round(trim.height / mm, 2)],
        **_sums(data),
        "sources": sorted(sources),
    }


def manifest_of(folder: Path) -> dict[str, Any]:
    """The manifest of the last run, empty where there is none or it is not one of ours."""
    try:
        found = json.loads((folder / MANIFEST).read_bytes())
    except (OSError, ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _entries(folder: Path) -> dict[str, dict[str, Any]]:
    """The last manifest's files by name; names that lead outside the folder are none of ours."""
    listed = manifest_of(folder).get("files")
    entries = [each for each in listed if isinstance(each, dict)] if isinstance(listed, list) else []
    return {each["file"]: each for each in entries if isinstance(each.get("file"), str) and _is_ours(each["file"])}


def _unfinished(folder: Path) -> set[str]:
    """Names that a run cut short may have written without listing them."""
    try:
        names = json.loads((folder / _JOURNAL).read_bytes())["names"]
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return set()
    return {name for name in names if isinstance(name, str) and _is_ours(name)} if isinstance(names, list) else set()


def _is_ours(name: str) -> bool:
    """Whether a name stays inside the folder on every system, and is not the manifest's own."""
    return (
        name not in (MANIFEST, _JOURNAL)
        and name.isprintable()
        and not set('\\<>:"|?*').intersection(name)
        and str(PurePosixPath(name)) == name != "."
        and not {"/", ".."}.intersection(PurePosixPath(name).parts)
    )


_RENAME = "change the title or id it comes from"


def _refuse_names(names: Sequence[str]) -> None:
    seen: dict[str, str] = {}
    for name in names:
        if not _is_ours(name):
            raise Stop(f"{name!r} is no name for a file inside the folder", _RENAME, Exit.MISSING)
        if other := seen.get(name.casefold()):
            raise Stop(f"{other} and {name} are one file where case does not count", _RENAME, Exit.MISSING)
        seen[name.casefold()] = name


def _inside(folder: Path, name: str) -> Path:
    """Where a file is to lie. Raises Stop where a link on the way leads out of the folder."""
    target = folder / name
    if not target.parent.resolve().is_relative_to(folder.resolve()):
        raise Stop(
            f"{target.parent} leads out of {folder}",
            "replace the link by a folder, or choose another one with --out",
            Exit.MISSING,
        )
    return target


def _holds(folder: Path, name: str, data: bytes) -> bool:
    """Whether these bytes are there already, in a file of their own and not behind a link."""
    file = folder / name
    try:
        return not file.is_symlink() and file.stat().st_size == len(data) and file.read_bytes() == data
    except OSError:
        return False


def _write(folder: Path, name: str, data: bytes) -> None:
    """Write beside, then rename: the one step that cannot be seen half done."""
    target = _inside(folder, name)
    with _plainly(target):
        target.parent.mkdir(parents=True, exist_ok=True)
        part = target.with_name(_PART[0] + secrets.token_hex(8) + _PART[1])
        try:
            with part.open("xb") as stream:
                stream.write(data)
                stream.flush()
                os.fsync(stream.fileno())
            part.replace(target)
        except BaseException:
            with contextlib.suppress(OSError):
                part.unlink(missing_ok=True)
            raise


def _is_there(file: Path) -> bool:
    try:
        return file.is_file() or file.is_symlink()
    except OSError:
        return False


def _remove(folder: Path, name: str, here: Sequence[Path]) -> bool:
    """Remove a file of an earlier run, unless it is one of those now here under a name that differs by case alone."""
    target = folder / name
    if not target.parent.resolve().is_relative_to(folder.resolve()) or not _is_there(target):
        return False
    alike = [other for other in here if str(other).casefold() == str(target).casefold()]
    with _plainly(target, "remove"):
        if any(other.samefile(target) for other in alike):
            return False
        target.unlink(missing_ok=True)
    return True


def _sweep(folder: Path, names: Collection[str]) -> None:
    """Remove what a killed run left half written, in the folders this one writes to."""
    for parent in sorted({(folder / name).parent for name in (*names, MANIFEST)}):
        with _plainly(parent):
            if parent.is_dir() and parent.resolve().is_relative_to(folder.resolve()):
                for part in sorted(parent.glob(f"{_PART[0]}*{_PART[1]}")):
                    part.unlink(missing_ok=True)


_REASONS = {
    errno.ENOSPC: ("the disk is full", "free some space and build again; every file is still whole, old or new"),
    errno.EDQUOT: ("your share of the disk is full", "free some space and build again"),
    errno.EFBIG: ("the file is larger than this disk or account allows", "choose another folder with --out"),
    errno.EROFS: ("the disk is read-only", "choose another folder with --out"),
    errno.EACCES: ("writing is not allowed there", "allow writing, close the file elsewhere, or choose another --out"),
    errno.EPERM: ("writing is not allowed there", "allow writing, close the file elsewhere, or choose another --out"),
    errno.ENAMETOOLONG: ("the name is too long", "shorten the title or id it comes from"),
    errno.ENOTDIR: ("a file stands where a folder is needed", "move that file away, or choose another --out"),
    errno.EEXIST: ("a file stands where a folder is needed", "move that file away, or choose another --out"),
    errno.EISDIR: ("a folder stands where the file is to go", "move that folder away, or choose another --out"),
    errno.ENOENT: ("it vanished while it was written", "let one build at a time write into a folder"),
}


@contextlib.contextmanager
def _plainly(file: Path, doing: str = "write") -> Iterator[None]:
    """Turn the system's refusal into one line for the organiser."""
    try:
        yield
    except OSError as refusal:
        reason, hint = _REASONS.get(refusal.errno or 0, (refusal.strerror or str(refusal), "choose another --out"))
        shown = str(file) if len(str(file)) <= 200 else f"{str(file)[:120]} … {file.name[-20:]}"
        raise Stop(f"cannot {doing} {shown}: {reason}", hint, Exit.MISSING) from refusal


def _sums(data: bytes) -> dict[str, Any]:
    return {"sha256": hashlib.sha256(data).hexdigest(), "bytes": len(data)}


def _as_json(value: Mapping[str, Any]) -> bytes:
    return (json.dumps(value, indent=2, sort_keys=True, ensure_ascii=False) + "\n").encode()


def _look_inside(pdf: bytes) -> tuple[int | None, Size | None]:
    """The number of pages and their one trim size."""
    # pypdf takes longer to import than a badge to make, and whoever made the badge has said its size
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    sizes: list[Size] = []
    try:
        for page in PdfReader(io.BytesIO(pdf)).pages:
            box, turned = page.trimbox, int(page.rotation) % 180
            sides = float(box.width), float(box.height)
            sizes.append(Size(*(reversed(sides) if turned else sides)))
    except PyPdfError:
        return None, None
    return len(sizes), sizes[0] if sizes and all(size.same_as(sizes[0], SLACK) for size in sizes) else None
