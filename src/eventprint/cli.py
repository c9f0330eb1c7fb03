"""The `eventprint` command: reads what was typed, asks `job`, and shows what came of it.

Results go to standard output, everything else to standard error. Knows nothing of PDF, layouts or fonts, and imports
`job` only when a command needs it, so that help and mistakes in typing answer at once.
"""

from __future__ import annotations

import argparse
import contextlib
import gc
import os
import re
import shutil
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from .problems import Exit, Problem, Severity, Stop
from .values import dataclass

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

    from .event import Event
    from .geometry import Size
    from .job import Checked, Made
    from .job.shelf import Started
    from .stock import Stock

SHAPE = 1
"""The version of what `--json` prints; it grows by keys alone, and counts up when a key changes or goes."""

INTERRUPTED = 130
"""The exit code after Ctrl-C, as shells count it: 128 and the number of the signal."""

PIPE_CLOSED = 141
"""The exit code after whoever read the output went away, counted in the same way."""


@dataclass(slots=True)
class Answer:
    """What a command has to say: lines for people, the same as data, the problems, and the exit code."""

    lines: list[str] = field(default_factory=list)
    data: dict[str, object] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    """Lines that help but are no result; they follow the problems."""
    exit: int = Exit.DONE
    told: bool = False
    """Whether the lines tell the problems already."""


@dataclass(frozen=True, slots=True)
class Command:
    """One word after `eventprint`: what it is for, what it takes, and what it does."""

    summary: str
    takes: Callable[[argparse.ArgumentParser], None]
    answer: Callable[[argparse.Namespace], Answer]
    example: str


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code, one of `problems.Exit` or 130 after Ctrl-C."""
    # What a command makes it needs to its end: looking for garbage again and again finds none and takes a twentieth.
    gc.set_threshold(100_000)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    try:
        code = _run(list(sys.argv[1:] if arguments is None else arguments))
        sys.stdout.flush()
        return code
    except KeyboardInterrupt:
        print("eventprint: stopped; every file is either as it was or complete", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:
        _drop_output()
        return PIPE_CLOSED


def command() -> NoReturn:
    """The `eventprint` command: `main`, and then out at once.

    Python would first take apart everything it holds, which is a tenth of a badge that a queue is waiting for; whatever
    was made is on disk by then, whole.
    """
    code = main()
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError, ValueError):
            stream.flush()
    os._exit(code)


def _run(words: list[str]) -> int:
    name = words[0] if words else ""
    if name not in COMMANDS:
        return _front_door(words)
    command = COMMANDS[name]
    parser = _parser(name, command)
    json = "--json" in words
    try:
        answer = command.answer(parser.parse_intermixed_args(words[1:]))
    except _Misuse as misuse:
        if not json:
            return misuse.show()
        answer = Answer(problems=[misuse.problem], exit=misuse.code)
    except Stop as stop:
        answer = Answer(problems=[stop.problem], exit=stop.code)
    try:
        if json:
            _show_data(name, answer)
        else:
            _show(answer)
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as fault:
        _drop_output()
        print(f"eventprint: the result could not be written: {fault.strerror}", file=sys.stderr)
        return Exit.MISSING
    return answer.exit


def _drop_output() -> None:
    """Send what is left to nowhere: Python flushes standard output once more at exit, and would complain then."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


# What can be typed


class _Misuse(Stop):
    """Something typed that the command does not take."""

    def __init__(self, message: str, parser: argparse.ArgumentParser) -> None:
        super().__init__(message, f"see `{parser.prog} --help`")
        self.start = f"{parser.format_usage()}{parser.prog}: "

    def show(self) -> int:
        """Say it the way of command lines, usage first, and give the exit code."""
        print(f"{self.start}{self.problem.message}\n  hint: {self.problem.hint}", file=sys.stderr)
        return self.code


class _Parser(argparse.ArgumentParser):
    """A parser whose complaint ends with where to look."""

    def error(self, message: str) -> NoReturn:
        raise _Misuse(message, self)


def _front_door(words: list[str]) -> int:
    """Help, the version, or a word that is no command."""
    parser = _Parser(
        prog="eventprint",
        usage="eventprint COMMAND …",
        description="Turn an agenda and a list of people into everything an event prints.",
        epilog=_front_epilog(),
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="store_true", help="print the version and end")
    parser.add_argument("command", nargs="*", help=argparse.SUPPRESS)
    try:
        options = parser.parse_args([word for word in words if word != "--json"])
    except _Misuse as misuse:
        return misuse.show()
    if options.version:
        from . import __version__

        print(f"eventprint {__version__}")
        return Exit.DONE
    if not options.command:
        parser.print_help(sys.stderr)
        return Exit.USAGE
    word = options.command[0]
    hint = f"did you mean `eventprint {near}`?" if (near := _nearest(word, COMMANDS)) else "see `eventprint --help`"
    stop = Stop(f"there is no command {word!r}", hint)
    if "--json" in words:
        _show_data(word, Answer(problems=[stop.problem], exit=stop.code))
    else:
        print(f"eventprint: {stop.problem.message}\n  hint: {hint}", file=sys.stderr)
    return stop.code


def _front_epilog() -> str:
    commands = "\n".join(f"  {name:<11} {command.summary}" for name, command in COMMANDS.items())
    return (
        f"commands:\n{commands}\n\n"
        "EVENT is the event's folder; without it, the nearest folder upwards that holds an event.yaml.\n"
        "`eventprint COMMAND --help` tells more. Every command takes --json.\n\n"
        "exit codes: 0 done, 1 problems in the event, 2 wrong use, 3 a layout failed, 4 preflight refused,\n"
        "            5 a file or font is missing"
    )


def _parser(name: str, command: Command) -> argparse.ArgumentParser:
    parser = _Parser(
        prog=f"eventprint {name}",
        description=command.summary[0].upper() + command.summary[1:] + ".",
        epilog=f"example: {command.example}",
        allow_abbrev=False,
    )
    command.takes(parser)
    parser.add_argument("--json", action="store_true", help="print the result as JSON, problems included")
    return parser


def _takes_event(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("event", nargs="?", metavar="EVENT", help="the event's folder")


def _takes_check(parser: argparse.ArgumentParser) -> None:
    _takes_event(parser)
    parser.add_argument(
        "--readings", action="store_true", help="show each line of the agenda beside what it was read as"
    )
    parser.add_argument(
        "--own-code", action="store_true", help="run Python files in the event's own layouts folder: trust its author"
    )
    parser.add_argument("--rules", action="store_true", help="list the rules, whose weight event.yaml can set")


def _takes_compare(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("old", type=Path, metavar="OLD", help="an agenda or a list of people of any kind, or a folder")
    parser.add_argument("new", type=Path, metavar="NEW", help="the same at another time, or in another form")


def _takes_nothing(parser: argparse.ArgumentParser) -> None:
    """For commands whose name says it all."""


def _takes_new(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", type=Path, metavar="DIR", help="the folder to make")
    parser.add_argument(
        "--from",
        dest="source",
        type=Path,
        metavar="FILE",
        help="an agenda to start from: a text, a spreadsheet, a calendar, an export or its folder",
    )
    parser.add_argument("--language", metavar="CODE", default="", help="its language, such as de")
    parser.add_argument("--timezone", metavar="NAME", default="", help="the venue's time zone, such as Europe/Berlin")
    parser.add_argument(
        "--date", dest="dates", action="append", default=[], type=_date, metavar="DATE", help="a day of it: 2026-03-05"
    )


def _date(written: str) -> date:
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{written} is not a date; write it such as 2026-03-05") from None


def _takes_build(parser: argparse.ArgumentParser) -> None:
    parser.usage = "eventprint build [EVENT] [PRODUCT …] [--out DIR] [--own-code] [--json]"
    parser.add_argument(
        "words",
        nargs="*",
        metavar="EVENT PRODUCT",
        help="the event's folder, then what to make, such as programme or badges; all that is ordered without it",
    )
    parser.add_argument("--out", type=Path, metavar="DIR", help="where to put the files instead of EVENT/print")
    parser.add_argument(
        "--own-code", action="store_true", help="run Python files in the event's own layouts folder: trust its author"
    )


def _takes_badge(parser: argparse.ArgumentParser) -> None:
    parser.usage = (
        "eventprint badge [EVENT] WHO [--layout NAME] [--out FILE] [--json]\n"
        "                        [--stock NAME] [--start N | --free LABELS] [--printer NAME]"
    )
    parser.add_argument(
        "words",
        nargs="*",
        metavar="EVENT WHO",
        help="the event's folder, then a name, part of a name, an id or a code",
    )
    parser.add_argument("--layout", metavar="NAME", help="a badge layout other than the event's own")
    parser.add_argument("--out", type=Path, metavar="FILE", help="the PDF to write")
    parser.add_argument("--stock", default="", metavar="NAME", help="a label sheet to lay it on, such as 'Avery L4785'")
    parser.add_argument("--start", type=int, metavar="N", help="the first free label of the sheet, row by row from 1")
    parser.add_argument("--free", default="", metavar="LABELS", help="the free labels of the sheet: 4-10, or 2,5,7-10")
    parser.add_argument("--printer", default="", metavar="NAME", help="a printer of printers/, to make up for it")


def _takes_verify(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("code", metavar="CODE", help="a badge's code as scanned or typed")
    parser.add_argument("--event", metavar="DIR", help="the event's folder")


def _takes_preflight(parser: argparse.ArgumentParser) -> None:
    parser.usage = (
        "eventprint preflight FILE --spec NAME [--picture OUT] [--json]\n       eventprint preflight --list [--json]"
    )
    parser.add_argument("file", type=Path, nargs="?", metavar="FILE", help="a PDF, made here or anywhere else")
    parser.add_argument("--spec", metavar="NAME", help="the print shop's rules: a name that --list shows, or a file")
    parser.add_argument(
        "--picture",
        type=Path,
        metavar="OUT",
        help="draw the pages at fault with the places marked: OUT.png, or a folder for many",
    )
    parser.add_argument("--list", action="store_true", help="list the print shops and presses known by name")


def _takes_impose(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", nargs="?", type=Path, metavar="FILE", help="a PDF, made here or anywhere else")
    parser.add_argument("--as", dest="scheme", default="saddle", metavar="NAME", help="how; saddle where none is given")
    parser.add_argument("--list", action="store_true", help="list the names there are")
    parser.add_argument("--paper", default="A4", metavar="SIZE", help="A4, A3, SRA3, Letter, '320 x 450 mm' …")
    parser.add_argument("--out", type=Path, metavar="FILE", help="where to; without it, beside the PDF")
    parser.add_argument("--flip", choices=("long", "short", "manual"), help="the edge your printer turns sheets about")
    parser.add_argument("--one-sided", action="store_true", help="cards without backs")
    parser.add_argument("--right-to-left", action="store_true", help="the book is read from right to left")
    parser.add_argument("--last", type=int, metavar="N", help="pages that stay the last, such as 1 for a back cover")
    parser.add_argument("--thickness", metavar="LENGTH", help="of the paper, '0.1 mm': inner pages creep by it")
    parser.add_argument("--gutter", metavar="LENGTH", help="room between cards")
    parser.add_argument("--margin", metavar="LENGTH", help="what the printer leaves white around a sheet")
    parser.add_argument("--shrink", action="store_true", help="make pages smaller that are too large")
    parser.add_argument("--marks", metavar="WORDS", help="crop,fold,registration,collation or none")
    parser.add_argument("--job-version", default="", metavar="TEXT", help="what the line in the margin says of it")


def _takes_merge(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("out", type=Path, metavar="OUT", help="the PDF to make")
    parser.add_argument("files", type=Path, nargs="+", metavar="FILE", help="PDFs, in the order they are to have")
    parser.add_argument("--replace", action="store_true", help="write over OUT where it is there already")


def _takes_stock(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "words", nargs="*", metavar="WORD", help="only what all words name: a maker, a number, a size such as 90x55"
    )
    parser.add_argument("--event", metavar="DIR", help="the event's folder, for the sheets it brings itself")


def _takes_test_sheet(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--paper", metavar="SIZE", default="A4", help="the paper in the printer; A4 without it")
    parser.add_argument("--out", type=Path, metavar="FILE", help="the PDF to write")


# What is done


def _new(options: argparse.Namespace) -> Answer:
    from . import job

    made = job.new(
        options.folder,
        source=options.source,
        language=options.language,
        timezone=options.timezone,
        dates=options.dates,
    )
    return Answer(
        lines=[*map(str, made.files), *_started(made)],
        data={"folder": str(made.folder), "files": [str(file) for file in made.files], "read": made.counts},
        problems=list(made.problems),
        notes=[f"next: eventprint {'check' if made.problems else 'build'} {options.folder}"],
        told=True,
    )


def _started(made: Started) -> list[str]:
    """What was read into a new event folder, and where to look for what is open."""
    if made.listed:
        return ["", f"read: a list of {_count(made.listed, 'row')} for badges; there is no agenda yet"]
    if made.agenda is None:
        return []
    read = made.counts
    counts = [_count(read[what], what.removesuffix("s")) for what in ("days", "sessions") if read[what]]
    counts += [f"{read['entries']} entries", f"{read['people']} people"]
    parts = "items" if made.items else "lines"
    used = f"{read['lines used']} of {read['lines']} {parts} used"
    points = f"{_count(len(made.problems), 'open point')}, listed in {made.folder / made.points}"
    return ["", f"read: {', '.join(counts)}; {used}", points if made.problems else "no open points"]


def _check(options: argparse.Namespace) -> Answer:
    if options.rules:
        return _rules()
    folder = _event(options.event)
    from . import job

    checked = job.check(folder, own_code=options.own_code, readings=options.readings)
    lines = _outline(checked.event)
    if checked.covered:
        lines.append(f"  {checked.covered}")
    data = checked.as_data()
    data["covered"] = checked.covered
    data["composed"] = checked.composed
    if options.readings:
        lines += ["", *_side_by_side(checked, shutil.get_terminal_size((120, 24)).columns)]
        data["readings"] = [
            {
                "line": side.line,
                "source": side.source,
                "taken": str(side.taken),
                "sure": str(side.sure),
                "read_as": side.read_as,
                "note": side.note,
            }
            for side in checked.sides
        ]
    return Answer(
        lines=lines,
        data=data,
        problems=list(checked.problems),
        notes=[]
        if checked.composed
        else ["the event is too large to be set in a check: a build says what does not fit"],
        exit=_exit_of(checked.problems),
    )


_TOO_LARGE = "the event is too large to be set in a check: a build says what does not fit"


def _rules() -> Answer:
    from .rules import RULES

    return Answer(
        lines=_columns(list(RULES.items())),
        data={"rules": [{"name": name, "about": about} for name, about in RULES.items()]},
        notes=["in event.yaml: rules: {names.case: ignore}, or error, warning, open"],
    )


def _compare(options: argparse.Namespace) -> Answer:
    from . import job

    compared = job.compare(options.old, options.new)
    return Answer(
        lines=compared.lines(),
        data=compared.as_data(),
        problems=[problem for problem in compared.problems if problem.severity is Severity.ERROR],
        exit=_exit_of(compared.problems),
    )


def _build(options: argparse.Namespace) -> Answer:
    folder, wanted = _event_and_rest(options.words)
    from . import job

    with _Progress() as progress:
        built = job.build(folder, wanted, out=options.out, progress=progress, own_code=options.own_code)
    return Answer(
        lines=[*_table(built.folder, built.files), *(f"  {name}  removed" for name in built.removed)],
        data={
            "folder": str(built.folder),
            "files": [_made_data(made) for made in built.files],
            "removed": list(built.removed),
            "missing": list(built.missing),
        },
        problems=list(built.problems),
        exit=_exit_of(built.problems),
    )


def _badge(options: argparse.Namespace) -> Answer:
    folder, rest = _event_and_rest(options.words)
    if not rest:
        raise Stop("nobody was named", "write a name, part of a name, an id or a code after the event's folder")
    from . import job

    if options.start is not None and options.free:
        raise Stop("--start and --free say the same thing", "leave out one of them")
    made = job.badge(
        folder,
        " ".join(rest),
        out=options.out,
        layout=options.layout,
        stock=options.stock,
        free=options.free if options.start is None else f"{options.start}-",
        printer=options.printer,
    )
    problems = list(made.problems)
    return Answer(lines=[made.name], data={"file": _made_data(made)}, problems=problems, exit=_exit_of(problems))


def _verify(options: argparse.Namespace) -> Answer:
    folder = _event(options.event)
    from . import job

    verdict = job.verify(folder, options.code)
    return Answer(
        lines=[f"genuine: {verdict.name} ({', '.join(verdict.roles)})" if verdict.ok else f"refused: {verdict.reason}"],
        data={"ok": verdict.ok, "name": verdict.name, "roles": list(verdict.roles), "reason": verdict.reason},
        exit=Exit.DONE if verdict.ok else Exit.PROBLEMS,
    )


def _preflight(options: argparse.Namespace) -> Answer:
    if options.list:
        return _specs()
    if not options.file or not options.spec:
        missing = "--spec" if options.file else "FILE"
        raise Stop(f"{missing} is missing", "write `eventprint preflight FILE --spec NAME`; --list shows the names")
    from . import job

    report = job.preflight(options.file, options.spec, _nearest_event(options.file.resolve().parent))
    refused = not report.ok
    pictures = job.mark(options.file, report, options.picture) if options.picture else []
    notes = [f"picture: {file}" for file in pictures]
    if options.picture and not pictures:
        notes.append("no picture was made: there is no page to mark")
    return Answer(
        lines=[*map(_harmless, report.lines), f"{'refused' if refused else 'accepted'} by {report.spec}"],
        data={
            "file": str(options.file),
            "spec": report.spec,
            "accepted": not refused,
            "pages": report.pages,
            "trim": _size_data(report.trim),
            **{key: report.as_data()[key] for key in ("faults", "checked", "unchecked")},
            "pictures": [str(file) for file in pictures],
        },
        problems=list(report.problems),
        notes=notes,
        exit=Exit.PREFLIGHT if refused else Exit.DONE,
        told=True,
    )


def _specs() -> Answer:
    from . import job

    rows = job.specs(_nearest_event(Path.cwd()))
    return Answer(
        lines=_columns(rows),
        data={"specs": [{"name": name, "title": title, "source": source} for name, title, source in rows]},
    )


def _impose(options: argparse.Namespace) -> Answer:
    from . import job

    if options.list or options.file is None:
        rows = job.schemes()
        data = [{"name": name, "description": about, "pages": pages} for name, about, pages in rows]
        if options.list:
            return Answer(lines=_columns([(name, about) for name, about, _ in rows]), data={"impositions": data})
        raise Stop("no PDF was named", "write `eventprint impose FILE.pdf --as NAME`; --list shows the names")
    target, made = job.impose(
        options.file,
        options.scheme,
        _measured(options.paper, "--paper", sheet=True),
        out=options.out,
        changes=_changes(options),
        one_sided=options.one_sided,
        version=options.job_version,
    )
    sheets = f"{_count(made.sheets, 'sheet')} of {made.paper}, {made.columns} × {made.rows} pages to a side"
    return Answer(
        lines=[str(target), f"  {sheets}", f"  {made.note}"],
        data={
            "file": str(target),
            "sheets": made.sheets,
            "sides": made.sides,
            "columns": made.columns,
            "rows": made.rows,
            "paper": _size_data(made.paper),
            "note": made.note,
        },
    )


def _changes(options: argparse.Namespace) -> dict[str, object]:
    """What is to be other than the scheme says."""
    changes: dict[str, object] = {}
    for name in ("thickness", "gutter", "margin"):
        if (text := getattr(options, name)) is not None:
            changes[name] = _measured(text, f"--{name}")
    for name in ("flip", "last"):
        if getattr(options, name):
            changes[name] = getattr(options, name)
    for name in ("right_to_left", "shrink"):
        if getattr(options, name):
            changes[name] = True
    if options.marks is not None:
        words = [word.strip() for word in options.marks.split(",") if word.strip() not in ("", "none")]
        for word in words:
            if word not in ("crop", "fold", "registration", "collation"):
                raise Stop(f"--marks knows no {word!r}", "write crop, fold, registration, collation, or none")
        changes["marks"] = tuple(words)
    return changes


def _measured(text: str, option: str, *, sheet: bool = False) -> Any:
    """A length or a sheet that was typed. Raises Stop for what is none."""
    from .geometry import length, paper

    try:
        return paper(text) if sheet else length(text)
    except ValueError as fault:
        hint = "write A4, A3, SRA3, Letter, or 320 x 450 mm" if sheet else "write a number and a unit, such as 3 mm"
        raise Stop(f"{option}: {fault}", hint) from None


def _merge(options: argparse.Namespace) -> Answer:
    from . import job

    made = job.merge(options.out, options.files, replace=options.replace)
    return Answer(
        lines=[f"{made.name}: {_count(made.pages, 'page')}, {made.what}"],
        data={"file": _made_data(made)},
        notes=["claims such as PDF/X-4 and the order of reading aloud hold for single files, and are left out"],
    )


def _layouts(options: argparse.Namespace) -> Answer:
    folder = _event(options.event) if options.event else _nearest_event(Path.cwd())
    from . import job

    rows = job.layouts(folder)
    return Answer(
        lines=_columns([(name, size, where, description) for name, description, size, where in rows]),
        data={
            "layouts": [
                {"name": name, "description": description, "size": size, "where": where}
                for name, description, size, where in rows
            ]
        },
    )


def _stock(options: argparse.Namespace) -> Answer:
    folder = _event(options.event) if options.event else _nearest_event(Path.cwd())
    from . import job

    found, problems = job.stock(options.words, folder)
    if not found:
        raise Stop(f"no label sheet is {' '.join(options.words)}", "leave words out, or write a size such as 90x55")
    return Answer(
        lines=_columns([(name, one.maker, one.part, _label(one), one.count, one.about) for name, one in found.items()]),
        data={"stock": [_stock_data(name, one) for name, one in found.items()]},
        problems=list(problems),
        exit=_exit_of(problems),
    )


def _label(stock: Stock) -> str:
    from .geometry import in_mm

    return f"{in_mm(stock.label.width)}, any length" if stock.endless else str(stock.label)


def _stock_data(name: str, stock: Stock) -> dict[str, object]:
    return {
        "name": name,
        "description": stock.about,
        "label": _label(stock),
        "per_sheet": stock.count,
        "maker": stock.maker,
        "part": stock.part,
        "same_as": list(stock.same_as),
        "columns": stock.columns,
        "rows": stock.rows,
        "label_size": _size_data(stock.label),
        "sheet_size": _size_data(stock.sheet),
        "shape": str(stock.shape),
        "edge": str(stock.edge),
        "roll": stock.roll,
        "endless": stock.endless,
        "source": stock.source,
    }


def _test_sheet(options: argparse.Namespace) -> Answer:
    from . import job

    made = job.measuring_sheet(options.paper, out=options.out)
    return Answer(
        lines=[made.name],
        data={"file": _made_data(made)},
        notes=["print it on both sides at 100 %, then measure; the sheet says how"],
    )


def _schema(options: argparse.Namespace) -> Answer:
    import json

    from . import job

    schema = job.schema()
    return Answer(lines=[json.dumps(schema, indent=2, ensure_ascii=False)], data={"schema": schema})


COMMANDS: dict[str, Command] = {
    "new": Command("make an event folder that builds at once", _takes_new, _new, "eventprint new my-event"),
    "check": Command(
        "read the event and list its problems and open points", _takes_check, _check, "eventprint check my-event"
    ),
    "build": Command(
        "make everything that is ordered, or the products named",
        _takes_build,
        _build,
        "eventprint build my-event programme badges",
    ),
    "compare": Command(
        "tell what is new, changed and gone between two agendas or lists of people",
        _takes_compare,
        _compare,
        "eventprint compare schedule-monday.xml schedule-today.xml",
    ),
    "badge": Command("make one badge", _takes_badge, _badge, "eventprint badge my-event Lovelace"),
    "verify": Command(
        "say whose a badge's code is, or that it is not genuine",
        _takes_verify,
        _verify,
        "eventprint verify EPBCDFGHJKLNPRSTVXBCDFGHJKLN --event my-event",
    ),
    "preflight": Command(
        "check a PDF against a print shop's rules",
        _takes_preflight,
        _preflight,
        "eventprint preflight my-event/print/print-shop/programme.pdf --spec digital",
    ),
    "impose": Command(
        "put the pages of a PDF on sheets of paper",
        _takes_impose,
        _impose,
        "eventprint impose programme.pdf --as saddle --paper A3",
    ),
    "merge": Command(
        "put PDFs together, what they share kept once",
        _takes_merge,
        _merge,
        "eventprint merge all.pdf cover.pdf programme.pdf",
    ),
    "layouts": Command("list the layouts an event can order", _takes_event, _layouts, "eventprint layouts"),
    "stock": Command(
        "list label and badge sheets, cards and rolls", _takes_stock, _stock, "eventprint stock Avery 80x50"
    ),
    "test-sheet": Command(
        "make a sheet to measure a printer with", _takes_test_sheet, _test_sheet, "eventprint test-sheet --paper A4"
    ),
    "schema": Command(
        "print the JSON Schema of event.yaml, for editors", _takes_nothing, _schema, "eventprint schema > event.json"
    ),
}


# Which event


def _event(word: str | None) -> Path:
    """The event folder that was named, or the nearest one upwards. Raises Stop where there is none."""
    if word is None:
        if (folder := _nearest_event(Path.cwd())) is not None:
            return folder
        raise Stop(
            "there is no event.yaml here or in a folder above",
            "name the event's folder, or make one with `eventprint new DIR`",
        )
    path = Path(word)
    if path.name == "event.yaml" and path.is_file():
        return path.parent
    if path.is_dir():
        return path
    beside = path.parent if path.parent.is_dir() else Path.cwd()
    folders = [folder.name for folder in beside.iterdir() if (folder / "event.yaml").is_file()]
    near = _nearest(path.name, folders)
    raise Stop(
        f"there is no folder {word!r}",
        f"did you mean {str(path.with_name(near))!r}?" if near else "name the folder that holds event.yaml",
        Exit.MISSING,
    )


def _nearest_event(start: Path) -> Path | None:
    """The folder itself or the first one above it that holds an event.yaml."""
    return next((folder for folder in (start, *start.parents) if (folder / "event.yaml").is_file()), None)


def _event_and_rest(words: Sequence[str]) -> tuple[Path, list[str]]:
    """The event and the words after it; inside an event the first word names another one only as a path to it."""
    first = words[0] if words else None
    if first is not None and (
        _nearest_event(Path.cwd()) is None
        or re.search(r"[/\\]|\A\.+\Z|event\.yaml\Z", first)
        # A product's word stays one where the event folder happens to hold a folder of that name, such as `signs`.
        or (Path(first) / "event.yaml").is_file()
    ):
        return _event(first), list(words[1:])
    return _event(None), list(words)


# What is shown


def _show(answer: Answer) -> None:
    for line in answer.lines:
        print(_harmless(line))
    # Both streams often end on one terminal: the result has to stand there before what is said about it.
    sys.stdout.flush()
    colours = _colours()
    problems = [problem for problem in answer.problems if not _is_missing(problem)]
    missing = [problem for problem in answer.problems if _is_missing(problem)]
    for problem in () if answer.told else sorted(problems, key=_reading_order(problems)):
        print(_paint(problem, colours), file=sys.stderr)
    if missing:
        print("not supplied, and so left out:", file=sys.stderr)
        for problem in missing:
            print(f"  {_harmless(problem.message)}", file=sys.stderr)
    if answer.lines and answer.problems:
        print(_summary(problems, len(missing)), file=sys.stderr)
    for note in answer.notes:
        print(note, file=sys.stderr)


def _reading_order(problems: Sequence[Problem]) -> Callable[[Problem], tuple[int, ...]]:
    """Errors, warnings, open points; in each file by file as they were met, from top to bottom."""
    severities = list(Severity)
    files = list(dict.fromkeys(problem.place.file for problem in problems))
    return lambda problem: (
        severities.index(problem.severity),
        files.index(problem.place.file),
        problem.place.line,
        problem.place.column,
    )


def _is_missing(problem: Problem) -> bool:
    """Something nobody supplied, and no line of any file to point at: it is listed by itself."""
    lacking = problem.severity is Severity.OPEN and problem.rule.startswith("missing.")
    return lacking and not (problem.place.line or problem.place.cell)


def _paint(problem: Problem, colours: bool) -> str:
    """The problem as it is shown, its severity coloured where that is wanted."""
    text = _harmless(str(problem))
    if not colours:
        return text
    code = {Severity.ERROR: "1;31", Severity.WARNING: "1;33", Severity.OPEN: "1;36"}[problem.severity]
    plain, coloured = f"{problem.severity}: ", f"\x1b[{code}m{problem.severity}\x1b[0m: "
    return text.replace(plain, coloured, 1)


def _harmless(text: str) -> str:
    """Text that cannot steer a terminal, or turn a line round, whatever stood in the user's files."""
    return _STEERING.sub(lambda found: ascii(found[0])[1:-1], text)


_STEERING = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")


def _colours() -> bool:
    return sys.stderr.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def _summary(problems: Iterable[Problem], missing: int) -> str:
    counts = Counter(problem.severity for problem in problems)
    parts = (
        (counts[Severity.ERROR], "error", ""),
        (counts[Severity.WARNING], "warning", ""),
        (counts[Severity.OPEN], "point", " still open"),
        (missing, "thing", " not supplied"),
    )
    return ", ".join(_count(number, word) + rest for number, word, rest in parts if number)


def _show_data(name: str, answer: Answer) -> None:
    import json

    counts = Counter(problem.severity for problem in answer.problems)
    shape = {
        "eventprint": SHAPE,
        "command": name,
        "exit": answer.exit,
        **answer.data,
        "summary": {
            "errors": counts[Severity.ERROR],
            "warnings": counts[Severity.WARNING],
            "open": counts[Severity.OPEN],
        },
        "problems": [
            {
                "severity": str(problem.severity),
                "message": problem.message,
                "file": problem.place.file,
                "line": problem.place.line,
                "column": problem.place.column,
                "cell": problem.place.cell,
                "heading": problem.place.heading,
                "hint": problem.hint,
                "rule": problem.rule,
            }
            for problem in answer.problems
        ],
    }
    print(json.dumps(shape, indent=2, ensure_ascii=False))


def _exit_of(problems: Iterable[Problem]) -> int:
    """0 without errors, 3 or 4 where only a layout or preflight is at fault, 1 where the event itself is."""
    rules = {problem.rule.partition(".")[0] for problem in problems if problem.severity is Severity.ERROR}
    codes = {{"layout": Exit.LAYOUT, "preflight": Exit.PREFLIGHT}.get(rule, Exit.PROBLEMS) for rule in rules}
    return min(codes, default=Exit.DONE)


def _outline(event: Event) -> list[str]:
    """What was understood, in a few lines: enough to see at a glance that a session or a talk went missing."""
    entries = list(event.entries())
    talks = sum(entry.kind == "talk" for entry in entries)
    days = [f"{day.date:%Y-%m-%d}" if day.date else day.title or "a day without a date" for day in event.days]
    counts = [
        _count(len(days), "day") + (f" ({', '.join(days)})" if days else ""),
        _count(sum(len(day.sessions) for day in event.days), "session"),
        f"{len(entries)} entries, {sum(entry.start is not None for entry in entries)} with a time",
        f"{_count(talks, 'talk')}, {sum(entry.to_be_confirmed for entry in entries)} with a speaker to be confirmed",
        _count(sum(entry.is_break for entry in entries), "break"),
        f"{len(event.people)} people on the programme, {_count(len(event.attendees), 'badge')}",
    ]
    return [event.title, *(f"  {line}" for line in counts)]


def _side_by_side(checked: Checked, wide: int) -> list[str]:
    """Lines of the source at the left, what they were read as at the right; doubtful ones are marked with `?`."""
    number = max((len(str(side.line)) for side in checked.sides), default=1)
    rest = max(wide - number - 7, 20)
    left = rest * 9 // 20
    lines = []
    for side in checked.sides:
        read_as = side.read_as + (f": {side.note}" if side.note else "")
        mark = "-" if not side.used else "?" if side.sure == "doubtful" else " "
        sources = _wrapped(_harmless(side.source), left) or [""]
        readings = _wrapped(_harmless(read_as), rest - left) or [""]
        for at in range(max(len(sources), len(readings))):
            source = sources[at] if at < len(sources) else ""
            reading = readings[at] if at < len(readings) else ""
            first = f"{side.line:>{number}}" if at == 0 else " " * number
            space = " " * (left - _columns_of(source))
            lines.append(f"{first}  {source}{space}  {mark if at == 0 else ' '} {reading}".rstrip())
    return lines


def _wrapped(text: str, wide: int) -> list[str]:
    """A text in lines of so many columns of a terminal, broken at spaces where there are any."""
    lines: list[str] = []
    line = ""
    for word in text.split():
        if line and _columns_of(line) + 1 + _columns_of(word) <= wide:
            line = f"{line} {word}"
            continue
        if line:
            lines.append(line)
        line = ""
        for letter in word:
            if line and _columns_of(line) + _columns_of(letter) > wide:
                lines.append(line)
                line = ""
            line += letter
    return [*lines, line] if line else lines


def _columns_of(text: str) -> int:
    """How many columns of a terminal a text takes: two for a letter of East Asia, none for a mark upon another."""
    if text.isascii():
        return len(text)
    from unicodedata import combining, east_asian_width

    return sum(0 if combining(letter) else 2 if east_asian_width(letter) in "WF" else 1 for letter in text)


def _table(folder: Path, files: Sequence[Made]) -> list[str]:
    """The files made, one a line, those of one recipient together."""
    rows = [
        (
            made.name,
            _count(made.pages, "page") if made.pages else "",
            _trim(made.trim),
            made.what,
            "" if made.written else "unchanged",
        )
        for made in files
    ]
    lines = [f"{folder}{os.sep}"]
    before = ""
    for made, line in zip(files, _columns(rows), strict=True):
        recipient = made.name.rpartition("/")[0]
        lines += ["", line] if recipient != before and before else [line]
        before = recipient
    return lines


def _columns(rows: Sequence[tuple[str, ...]]) -> list[str]:
    """Rows as lines whose cells stand under each other; the last cell is as long as it is."""
    if not rows:
        return []
    widths = [max(len(cell) for cell in column) for column in zip(*rows, strict=True)]
    return ["  " + "  ".join(f"{cell:<{w}}" for cell, w in zip(row, widths, strict=True)).rstrip() for row in rows]


def _trim(trim: Size | None) -> str:
    return "" if trim is None else str(trim)


def _count(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"


def _made_data(made: Made) -> dict[str, object]:
    return {
        "name": made.name,
        "product": made.product,
        "pages": made.pages,
        "trim": _size_data(made.trim),
        "what": made.what,
        "written": made.written,
    }


def _size_data(size: Size | None) -> dict[str, float] | None:
    if size is None:
        return None
    from .geometry import mm

    return {"width_mm": round(size.width / mm, 3), "height_mm": round(size.height / mm, 3)}


def _nearest(word: str, known: Iterable[str]) -> str:
    from difflib import get_close_matches

    return next(iter(get_close_matches(word, list(known), 1)), "")


class _Progress:
    """A bar on the terminal for work that lasts; silent elsewhere and for work that is soon done."""

    PATIENCE = 1.0
    """Seconds before a bar appears: a badge or a second build never needs one."""

    def __init__(self) -> None:
        self._began = time.monotonic()
        self._stack = contextlib.ExitStack()
        self._bar: Progress | None = None
        self._task: TaskID
        self._wanted = sys.stderr.isatty() and os.environ.get("TERM") != "dumb"

    def __enter__(self) -> _Progress:
        return self

    def __exit__(self, *error: object) -> None:
        self._stack.close()

    def __call__(self, what: str, done: int, total: int) -> None:
        if not self._wanted or (self._bar is None and time.monotonic() - self._began < self.PATIENCE):
            return
        if self._bar is None:
            from rich.console import Console
            from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

            columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
            self._bar = self._stack.enter_context(Progress(*columns, console=Console(stderr=True), transient=True))
            self._task = self._bar.add_task("", total=total)
        # `what` may hold square brackets, which rich would read as markup.
        self._bar.update(self._task, description=what.replace("[", r"\["), completed=done, total=total)
