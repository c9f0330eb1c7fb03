"""Take a claim that does not hold out of a file: what is printed stays as it is, and so does everything else.

The identifier is made from the content, so that equal files stay equal.
"""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Collection
from typing import Any

from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, ByteStringObject, DecodedStreamObject, NameObject

from .document import Claim
from .objects import value_of

_FACTS = {
    "X": (
        ("http://www.npes.org/pdfx/ns/id/", "GTS_PDFXVersion"),
        ("http://ns.adobe.com/pdfx/1.3/", "GTS_PDFXVersion"),
        ("http://ns.adobe.com/pdfx/1.3/", "GTS_PDFXConformance"),
    ),
    "A": (
        ("http://www.aiim.org/pdfa/ns/id/", "part"),
        ("http://www.aiim.org/pdfa/ns/id/", "conformance"),
        ("http://www.aiim.org/pdfa/ns/id/", "amd"),
        ("http://www.aiim.org/pdfa/ns/id/", "corr"),
        ("http://www.aiim.org/pdfa/ns/id/", "rev"),
    ),
    "UA": (
        ("http://www.aiim.org/pdfua/ns/id/", "part"),
        ("http://www.aiim.org/pdfua/ns/id/", "amd"),
        ("http://www.aiim.org/pdfua/ns/id/", "corr"),
        ("http://www.aiim.org/pdfua/ns/id/", "rev"),
    ),
}
"""Where each family of standards is claimed in the metadata."""

_INTENTS = {"X": "GTS_PDFX", "A": "GTS_PDFA1"}
_INFO = {"X": ("/GTS_PDFXVersion", "/GTS_PDFXConformance")}


def unclaimed(pdf: bytes, claims: Collection[str]) -> bytes:
    """The file without these claims, such as `PDF/X-4`: in its metadata, its Info and its output intents.

    The same file gives the same bytes. Raises ValueError for a claim of no known family.
    """
    families = sorted({Claim(claim).family for claim in claims})
    if unknown := [family for family in families if family not in _FACTS]:
        raise ValueError(f"nothing is known of PDF/{unknown[0]}")
    if not families:
        return pdf
    reader = PdfReader(io.BytesIO(pdf))
    writer = PdfWriter(clone_from=reader)
    writer.pdf_header = reader.pdf_header
    root = writer.root_object
    blank = b"\0" * 16
    metadata = value_of(root, "/Metadata")
    if metadata is not None and hasattr(metadata, "get_data"):
        told = _without(metadata.get_data(), families)
        # an identifier that the metadata repeats is the file's, and the file is another one now
        for name in _names(reader):
            told = told.replace(name.encode(), blank.hex().encode())
        stream = DecodedStreamObject()
        stream.update({NameObject("/Type"): NameObject("/Metadata"), NameObject("/Subtype"): NameObject("/XML")})
        stream.set_data(told)
        root[NameObject("/Metadata")] = writer._add_object(stream)
    info = value_of(writer._info, "/GTS_PDFXVersion") if writer._info is not None else None
    if info is not None and "X" in families:
        for key in _INFO["X"]:
            writer._info.pop(NameObject(key), None)  # type: ignore[union-attr]
    _drop_intents(root, {_INTENTS[family] for family in families if family in _INTENTS})
    writer._ID = ArrayObject((ByteStringObject(blank), ByteStringObject(blank)))
    writer.write(file := io.BytesIO())
    return _named(file.getvalue(), blank)


def _names(reader: PdfReader) -> set[str]:
    """The halves of the file's identifier, as hexadecimal digits."""
    names = value_of(reader.trailer, "/ID")
    found = set()
    for name in names if isinstance(names, list) else ():
        half = getattr(name.get_object(), "original_bytes", None) or bytes(name.get_object())
        if len(half) == 16:
            found.add(half.hex())
    return found


def _drop_intents(root: Any, kinds: Collection[str]) -> None:
    intents = value_of(root, "/OutputIntents")
    if intents is None:
        return
    kept = [each for each in intents if str(value_of(each.get_object(), "/S") or "").lstrip("/") not in kinds]
    if kept:
        root[NameObject("/OutputIntents")] = ArrayObject(kept)
    else:
        del root[NameObject("/OutputIntents")]


def _without(packet: bytes, families: Collection[str]) -> bytes:
    """Metadata without the facts that claim a standard, whichever prefixes it uses."""
    for family in families:
        for space, name in _FACTS[family]:
            declared = re.compile(rb"xmlns:([\w.-]+)\s*=\s*[\"']" + re.escape(space.encode()) + rb"[\"']")
            for prefix in {found[1] for found in declared.finditer(packet)}:
                full = re.escape(prefix) + b":" + name.encode()
                packet = re.sub(rb"<" + full + rb"(?:\s[^>]*)?(?:/>|>[^<]*</" + full + rb"\s*>)\s*", b"", packet)
                packet = re.sub(rb"\s" + full + rb"\s*=\s*(?:\"[^\"]*\"|'[^']*')", b"", packet)
    return packet


def _named(pdf: bytes, blank: bytes) -> bytes:
    """The file with an identifier that depends on its content alone, where blanks were left for it."""
    name = hashlib.sha256(pdf).hexdigest()[:32].encode()
    digits = blank.hex().encode()
    head, trailer, end = pdf.rpartition(b"trailer")
    return head.replace(b"xmp.did:" + digits, b"xmp.did:" + name) + trailer + end.replace(digits, name)
