"""PDF/X-4 as rules for veraPDF, which knows PDF/A and PDF/UA but not PDF/X: `profile()` gives its profile file.

Each rule is an object of veraPDF's model, a test in its language and a sentence; they follow ISO 15930-7:2010 as the
handbooks of validators tell it. The rules that veraPDF's model has no property for are told by `preflight` instead.
"""

from __future__ import annotations

from xml.sax.saxutils import escape

RULES = {
    "trim": ("PDPage", "TrimBox_size == 1 || ArtBox_size == 1", "a page has neither TrimBox nor ArtBox"),
    "trim and art": ("PDPage", "TrimBox_size == 0 || ArtBox_size == 0", "a page has both TrimBox and ArtBox"),
    "annotation": ("PDAnnot", 'Subtype == "TrapNet" || Subtype == "PrinterMark"', "an annotation lies on a page"),
    "action": ("PDAction", "false", "something happens when the file is opened"),
    "form": ("PDAcroForm", "false", "the file has a form"),
    "intent": ("PDDocument", 'outputColorSpace == "CMYK"', "no output intent names a CMYK press"),
    "profile": ("PDOutputIntent", 'S != "GTS_PDFX" || destOutputProfileIndirect != null', "an intent has no profile"),
    "press": (
        "ICCOutputProfile",
        'S != "GTS_PDFX" || (deviceClass == "prtr" && colorSpace == "CMYK")',
        "the profile is not that of a press",
    ),
    "rgb": ("PDDeviceRGB", "false", "DeviceRGB is used"),
    "font": ("PDFont", "containsFontFile == true || renderingMode == 3", "a font is not embedded"),
    "transfer": ("PDExtGState", "containsTR == false && containsHTP == false", "a graphics state has a transfer curve"),
    "postscript": ("PDXObject", 'Subtype != "PS"', "a PostScript object is used"),
    "encryption": ("CosTrailer", "isEncrypted != true", "the file is encrypted"),
    "identifier": ("CosDocument", "lastID != null", "the trailer has no ID"),
    "metadata": ("PDDocument", "containsMetadata == true", "the file has no metadata"),
    "lzw": ("CosFilter", 'internalRepresentation != "LZWDecode"', "a stream is compressed by LZW"),
}


def profile() -> str:
    """The profile as veraPDF reads it; the flavour is only its container's."""
    rules = "".join(
        f'<rule object="{thing}"><id specification="ISO_19005_2" clause="{name}" testNumber="1"/>'
        f"<description>{told}</description><test>{escape(test)}</test>"
        f"<error><message>{told}</message><arguments/></error><references/></rule>"
        for name, (thing, test, told) in RULES.items()
    )
    return (
        '<profile xmlns="http://www.verapdf.org/ValidationProfile" flavour="PDFA_2_B">'
        f"<details/><hash/><rules>{rules}</rules></profile>"
    )
