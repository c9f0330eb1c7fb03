"""Text as lines of placed glyphs: shaping with fallback between fonts, measuring, and fitting into boxes.

Names of the whole world are the measure: right-to-left scripts, conjuncts, marks, Chinese by language. Nothing here
knows of paragraphs; `flow` does.
"""

from .fitting import Fit, fit
from .scripts import described
from .shaping import clean, cluster_count, is_rtl, missing, shape, width
from .style import Style, ascent, cap_height, descent, x_height

__all__ = [
    "Fit",
    "Style",
    "ascent",
    "cap_height",
    "clean",
    "cluster_count",
    "descent",
    "described",
    "fit",
    "is_rtl",
    "missing",
    "shape",
    "width",
    "x_height",
]
