"""The whole path for a door: read, check, compose, draw, impose, preflight, deliver.

The only room that joins verbs. It prints nothing: whoever calls it shows what came back. Each verb is imported where
it is first needed, because one badge at the desk needs neither imposition nor a manifest.
"""

from __future__ import annotations

from .build import GROUPS, PILE, build
from .check import check
from .compare import Compared, compare
from .desk import badge, verify
from .files import impose, mark, measuring_sheet, merge, preflight
from .made import Built, Checked, Made, Progress, Verified
from .papers import OnStock, on_stock, slugs
from .shelf import layouts, new, schema, schemes, specs, stock

__all__ = [
    "GROUPS",
    "PILE",
    "Built",
    "Checked",
    "Compared",
    "Made",
    "OnStock",
    "Progress",
    "Verified",
    "badge",
    "build",
    "check",
    "compare",
    "impose",
    "layouts",
    "mark",
    "measuring_sheet",
    "merge",
    "new",
    "on_stock",
    "preflight",
    "schema",
    "schemes",
    "slugs",
    "specs",
    "stock",
    "verify",
]
