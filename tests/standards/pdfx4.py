"""PDF/X-4 as rules for veraPDF, which knows PDF/A and PDF/UA but not PDF/X: `profile()` gives its profile file.

Each rule is an object of veraPDF's model, a test in its language and a sentence; they follow ISO 15930-7:2010 as the
handbooks of validators tell it. The rules that veraPDF's model has no property for are told by `preflight` instead.
"""

from __future__ import annotations

from xml.sax.saxutils import escape

_BLENDS = (
    *("Normal", "Compatible", "Multiply", "Screen", "Overlay", "Darken", "Lighten", "ColorDodge", "ColorBurn"),
    *("HardLight", "SoftLight", "Difference", "Exclusion", "Hue", "Saturation", "Color", "Luminosity"),
)
"""The standard blend modes (ISO 32000-1, 11.3.5)."""

_INTENTS = ("RelativeColorimetric", "AbsoluteColorimetric", "Perceptual", "Saturation")
"""The rendering intents (ISO 32000-1, 8.6.5.8)."""


def _one_of(words: tuple[str, ...]) -> str:
    """A test whether a name is one of these; a list would compare Java's text with JavaScript's by identity."""
    return " || ".join(f'internalRepresentation == "{word}"' for word in words)


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
    "inline lzw": ("CosIIFilter", 'internalRepresentation != "LZW"', "a picture in the content is compressed by LZW"),
    "outside": ("CosStream", "F == null", "a stream lies in another file"),
    "same press": ("OutputIntents", "sameOutputProfileIndirect == true", "two intents name two profiles"),
    "condition": ("PDOutputIntent", 'OutputConditionIdentifier != null && OutputConditionIdentifier != ""', "no name"),
    "reference": ("PDOutputIntent", "containsDestOutputProfileRef == false", "the profile lies in another file"),
    "sound profile": ("ICCProfile", "isValid == true && version < 5.0", "a profile is broken or of ICC version 5"),
    "group": ("PDPage", "containsTransparency == false || containsGroupCS == true", "no space to blend in is named"),
    "spot": ("PDSeparation", "areTintAndAlternateConsistent == true", "one spot ink is described in two ways"),
    "opi": ("PDXObject", "containsOPI == false", "a picture stands for a better one elsewhere"),
    "placed file": ("PDXForm", "containsRef == false && containsPS == false", "a form stands for something elsewhere"),
    "transfer 2": ("PDExtGState", 'TR2NameValue == null || TR2NameValue == "Default"', "a transfer curve, second kind"),
    "halftone": ("PDHalftone", "HalftoneType == 1 || HalftoneType == 5", "the halftone is of a kind not allowed"),
    "named halftone": ("PDHalftone", "HalftoneName == null", "a halftone has the name of a device's own"),
    "blend": ("CosBM", _one_of(_BLENDS), "a way of blending nobody knows"),
    "intent of rendering": (
        "CosRenderingIntent",
        _one_of(_INTENTS),
        "a rendering intent nobody knows",
    ),
    "slides": ("PDPage", "containsPresSteps == false", "a page has steps of a presentation"),
    "alternates": ("PDDocument", "containsAlternatePresentations == false", "the file has a second presentation"),
    "triggers": ("PDDocument", "containsAA == false", "something happens when the file is saved or printed"),
    "page triggers": ("PDPage", "containsAA == false", "something happens when a page is opened"),
    "title": ("CosInfo", "Title == XMPTitle", "Info and metadata give two titles"),
    "created": ("CosInfo", "CreationDate != null && doCreationDatesMatch == true", "no one day of making"),
    "changed": ("CosInfo", "ModDate != null && doModDatesMatch == true", "no one day of change"),
    "producer": ("CosInfo", "Producer == XMPProducer", "Info and metadata name two producers"),
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
