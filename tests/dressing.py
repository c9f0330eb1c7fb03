"""Dress a PDF of any kind as PDF/X-4: what the standard wants of a file as a whole, written with pikepdf.

The content is left as it is, so whether the claim is true is the content's affair.
"""

from __future__ import annotations

import io

import pikepdf

from eventprint.shelves import shelf

WHEN = "2026-05-04T09:30:00+02:00"


def dressed(pdf: bytes, title: str = "A clean file") -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        profile = opened.make_stream((shelf("data") / "icc" / "fogra39l-coated.icc").read_bytes())
        profile.N = 4
        opened.Root.OutputIntents = pikepdf.Array(
            [
                pikepdf.Dictionary(
                    Type=pikepdf.Name.OutputIntent,
                    S=pikepdf.Name.GTS_PDFX,
                    OutputConditionIdentifier="FOGRA39",
                    RegistryName="http://www.color.org",
                    DestOutputProfile=profile,
                )
            ]
        )
        with opened.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as told:
            told.register_xml_namespace("http://www.npes.org/pdfx/ns/id/", "pdfxid")
            told["dc:title"] = title
            told["pdf:Trapped"] = "False"
            told["{http://www.npes.org/pdfx/ns/id/}GTS_PDFXVersion"] = "PDF/X-4"
            for key in ("CreateDate", "ModifyDate", "MetadataDate"):
                told[f"xmp:{key}"] = WHEN
            told["xmpMM:DocumentID"] = "uuid:8c9d4e4e-0000-4000-8000-000000000001"
            told["xmpMM:VersionID"] = "1"
            told["xmpMM:RenditionClass"] = "default"
        for key in list(opened.docinfo.keys()):
            del opened.docinfo[key]
        opened.docinfo["/Title"] = title
        opened.docinfo["/CreationDate"] = opened.docinfo["/ModDate"] = "D:20260504093000+02'00'"
        opened.docinfo["/Trapped"] = pikepdf.Name("/False")
        opened.save(out, deterministic_id=True)
    return out.getvalue()
