"""What a file claims to be, in its metadata, and who can prove it."""

from __future__ import annotations

import io

import pikepdf

from . import pdfx4, vera

PROOFS = {
    "PDF/X-4": pdfx4.profile(),
    "PDF/A-2a": "PDF/A-2a",
    "PDF/A-2b": "PDF/A-2b",
    "PDF/UA-1": "PDF/UA-1",
}

_X, _A, _UA = (
    "{http://www.npes.org/pdfx/ns/id/}",
    "{http://www.aiim.org/pdfa/ns/id/}",
    "{http://www.aiim.org/pdfua/ns/id/}",
)


def claims(pdf: bytes) -> set[str]:
    """The standards that a file says it follows, in its metadata or its Info, by the names that people know."""
    found = set()
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        said = opened.docinfo.get("/GTS_PDFXVersion")
        found |= {str(said)} if said is not None else set()
        if "/Metadata" not in opened.Root:
            return found
        with opened.open_metadata() as told:
            if version := told.get(f"{_X}GTS_PDFXVersion"):
                found.add(version)
            if part := told.get(f"{_A}part"):
                found.add(f"PDF/A-{part}{told.get(f'{_A}conformance', '').lower()}")
            if part := told.get(f"{_UA}part"):
                found.add(f"PDF/UA-{part}")
    return found


def disproved(pdf: bytes) -> dict[str, dict[str, str]]:
    """Each claim of a file that is not true, or that nobody here can prove, and why."""
    found = {}
    for claim in sorted(claims(pdf)):
        wrong = vera.judge(pdf, PROOFS[claim]) if claim in PROOFS else {"": "nobody here can prove it"}
        if wrong:
            found[claim] = wrong
    return found
