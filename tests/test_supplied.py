"""PDFs that somebody supplied in what an event prints: covers, adverts and letters in the programme, art on badges."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from conftest import few
from pikepdf import Array, Dictionary, Name
from PIL import ImageChops

from eventprint import compose, job
from eventprint.colours import Colour
from eventprint.draw import draw
from eventprint.event import Event
from eventprint.geometry import PAPERS, Box, Size, mm
from eventprint.page import Artwork, Edition, Link, Page, Shape, Text, place_box, rectangle, walk
from eventprint.problems import Problem, Problems, Severity
from eventprint.read import read
from eventprint.text import Style, shape

A4, A5, A6 = PAPERS["A4"], PAPERS["A5"], PAPERS["A6"]


def advert(file: Path, size: Size, *titles: str, bleed: float = 3 * mm) -> Path:
    """A PDF/X-4 file with a page a title."""
    ground = rectangle(Box.of(size).inset(-bleed), Colour.parse("#1d2b53"))
    white = Colour(1, 1, 1)
    pages = [
        Page(size, (ground, Text(40, 90, shape(title, Style("Fira Sans")), 20, white)), bleed, name=title)
        for title in titles
    ]
    file.write_bytes(draw(pages, edition=Edition.SHOP, title=file.stem, language="en"))
    return file


@pytest.fixture
def event(tmp_path: Path) -> Path:
    """The sample with few people, and supplied files of several kinds in its images."""
    folder = few(tmp_path, "programme")
    images = folder / "images"
    advert(images / "cover.pdf", A5, "Front", "Back")
    advert(images / "full.pdf", A5, "Full page", "Second")
    advert(images / "large.pdf", A4, "Large", bleed=6 * mm)
    advert(images / "bare.pdf", A5, "Bare", bleed=0)
    advert(images / "wide.pdf", Size(A6.height, A6.width), "Wide", bleed=0)
    advert(images / "letter.pdf", A5, "Dear guests")
    return folder


def order(folder: Path, *lines: str) -> None:
    """What the programme is to hold, in event.yaml."""
    settings = folder / "event.yaml"
    kept = settings.read_text(encoding="utf-8").split("\nproducts:\n")[0]
    told = "\n".join(f"    {line}" for line in lines)
    settings.write_text(f"{kept}\nproducts:\n  programme:\n    quantity: 70\n{told}\n", encoding="utf-8")


def composed(folder: Path) -> tuple[tuple[Page, ...], list[Problem]]:
    problems = Problems()
    event: Event = read(folder, Problems(), secret=True)
    return compose.compose(event, event.products[0], problems).pages, problems.found


def artworks(page: Page) -> Iterator[tuple[str, int, Box]]:
    for mark, matrix in walk(page.marks):
        if isinstance(mark, Artwork):
            yield mark.file.name, mark.number, place_box(mark.box, matrix)


def where(pages: tuple[Page, ...]) -> dict[int, str]:
    """Which supplied page stands on which page, from 1: `full.pdf 1`."""
    return {at: f"{name} {number + 1}" for at, page in enumerate(pages, 1) for name, number, _ in artworks(page)}


def titles(page: Page) -> list[str]:
    return [mark.line.text for mark, _ in walk(page.marks) if isinstance(mark, Text)]


def test_covers_and_adverts_stand_where_they_were_ordered(event: Path) -> None:
    order(
        event,
        "contents: 'no'",
        "front_cover: images/cover.pdf",
        "back_cover: images/cover.pdf",
        "letters: [{file: images/letter.pdf, title: Welcome, alternative: Dear guests}]",
        "adverts:",
        "  - {file: images/full.pdf, place: inside front, page: 2, alternative: An advert}",
        "  - {file: images/full.pdf, alternative: An advert}",
        "  - {file: images/large.pdf, place: page 6, alternative: An advert}",
        "  - {file: images/wide.pdf, place: before speakers, alternative: An advert}",
    )
    pages, problems = composed(event)
    assert len(pages) % 4 == 0
    found = where(pages)
    last = len(pages)
    assert found[1] == "cover.pdf 1"
    assert found[last] == "cover.pdf 2"
    assert found[2] == "full.pdf 2"
    assert found[3] == "letter.pdf 1"
    assert found[6] == "large.pdf 1"
    assert [found[last - 2], found[last - 1]] == ["full.pdf 1", "full.pdf 2"]
    (wide,) = (at for at, name in found.items() if name == "wide.pdf 1")
    assert "Speakers and moderators" in titles(pages[wide])
    assert [page.label for page in pages[1:-1]] == [str(number) for number in range(2, last)]
    assert {problem.rule for problem in problems} == {"artwork.scaled"}


def test_the_booklet_keeps_its_multiple_whatever_is_put_in(event: Path) -> None:
    for count in range(5):
        adverts = ["  - {file: images/full.pdf, page: 1, place: after glance, alternative: An advert}"] * count
        order(event, *(["adverts:", *adverts] if count else ["contents: auto"]))
        pages, problems = composed(event)
        assert problems == []
        assert len(pages) % 4 == 0
        assert len(where(pages)) == count


def test_page_numbers_count_what_was_supplied(event: Path) -> None:
    """Numbers in the contents are those printed on the pages, and a letter with a title is among them."""
    order(
        event,
        "contents: 'yes'",
        "letters: [{file: images/letter.pdf, title: Welcome, alternative: Dear guests}]",
        "adverts: [{file: images/full.pdf, place: after introduction, alternative: An advert}]",
    )
    pages, _ = composed(event)
    contents = next(page for page in pages if "Contents" in titles(page))
    labelled = {page.label: page for page in pages if page.label}
    marks = [
        (mark, place_box(mark.box, matrix)) for mark, matrix in walk(contents.marks) if isinstance(mark, Text | Link)
    ]
    numbers = {
        link.label: text.line.text
        for link, place in marks
        if isinstance(link, Link)
        for text, box in marks
        if isinstance(text, Text) and text.line.text in labelled and place.contains(box, slack=2)
    }
    assert labelled[numbers["Welcome"]].name == "Welcome"
    assert "Introduction" in titles(labelled[numbers["Introduction"]])
    assert "Speakers and moderators" in titles(labelled[numbers["Speakers and moderators"]])


@pytest.mark.parametrize(
    "advert", ["place: page 2", "place: page 4", "place: page 9", "place: inside front", "place: before contents"]
)
def test_page_1_lies_on_the_right_whatever_was_supplied(event: Path, advert: str) -> None:
    order(event, "contents: 'yes'", f"adverts: [{{file: images/full.pdf, {advert}, alternative: An advert}}]")
    pages, _ = composed(event)
    labels = [page.label for page in pages]
    assert labels.index("1") % 2 == 0
    assert "The day at a glance" in titles(pages[labels.index("1")])
    assert len(pages) % 4 == 0


def test_a_page_of_one_size_fills_the_page_and_bleeds(event: Path) -> None:
    order(event, "adverts: [{file: images/full.pdf, page: 1, alternative: An advert}]")
    pages, problems = composed(event)
    assert problems == []
    (mark,) = (mark for page in pages for mark, _ in walk(page.marks) if isinstance(mark, Artwork))
    assert mark.box == Box.of(A5)
    assert mark.clip is not None
    assert mark.clip.contains(Box.of(A5).inset(-3 * mm))
    (page,) = (page for page in pages if mark in page.marks)
    assert titles(page) == []


def test_a_page_of_another_size_is_told_with_both(event: Path) -> None:
    order(
        event,
        "adverts:",
        "  - {file: images/large.pdf, alternative: An advert}",
        "  - {file: images/wide.pdf, alternative: An advert}",
        "  - {file: images/bare.pdf, alternative: An advert}",
    )
    pages, problems = composed(event)
    told = {problem.message for problem in problems}
    assert told == {
        "images/large.pdf: 210 × 297 mm on a page of 148 × 210 mm: set at 70 %",
        "images/wide.pdf: 148 × 105 mm on a type area of 119 × 174.27 mm: set at 80 %",
        "images/bare.pdf has less than 3 mm of bleed: where its ink ends at the edge, paper may show white",
    }
    assert {(problem.severity, problem.place.file) for problem in problems} == {(Severity.WARNING, "event.yaml")}
    wide = next(page for page in pages for name, _, _ in artworks(page) if name == "wide.pdf")
    ((_, _, box),) = artworks(wide)
    # in the type area, centred, with a hairline round it and the folio below
    assert box.width == pytest.approx(119 * mm)
    assert box.height / box.width == pytest.approx(105 / 148, abs=0.001)
    frames = [place_box(mark.box, m) for mark, m in walk(wide.marks) if isinstance(mark, Shape) and mark.fill is None]
    assert any(frame.contains(box) and box.inset(-0.3).contains(frame) for frame in frames)
    assert wide.label in titles(wide)


def test_a_page_that_is_not_there_and_silence_are_told(event: Path) -> None:
    order(event, "adverts: [{file: images/full.pdf, page: 3, alternative: An advert}, {file: images/bare.pdf}]")
    pages, problems = composed(event)
    found = {problem.rule: problem for problem in problems}
    assert found["artwork.page"].message == "full.pdf has 2 pages, and no page 3"
    assert found["artwork.page"].severity is Severity.ERROR
    assert found["artwork.page"].place.line
    assert found["artwork.silent"].severity is Severity.OPEN
    assert set(where(pages).values()) == {"bare.pdf 1"}


def test_a_cover_that_cannot_be_used_leaves_ours(event: Path) -> None:
    (event / "images" / "torn.pdf").write_bytes(b"%PDF-1.7 and no more")
    order(event, "front_cover: images/torn.pdf", "back_cover: [images/cover.pdf]")
    pages, problems = composed(event)
    assert {problem.rule for problem in problems} == {"artwork.unreadable", "artwork.cover"}
    assert where(pages) == {}
    assert "MINE.THE.GAP Inter-platform Workshop" in " ".join(titles(pages[0]))


def test_what_an_advert_costs_the_file_is_told_and_not_claimed(event: Path) -> None:
    with pikepdf.open(event / "images" / "bare.pdf") as pdf:
        for one in pdf.objects:
            if isinstance(one, Dictionary) and "/FontFile2" in one:
                del one.FontFile2
        pdf.save(event / "images" / "fontless.pdf", deterministic_id=True)
    order(event, "adverts: [{file: images/fontless.pdf, alternative: An advert}]")
    built = job.build(event)
    (told,) = (problem for problem in built.problems if problem.rule == "artwork.claim")
    assert str(told).splitlines()[0] == (
        "images/fontless.pdf: warning: page 1: the font FiraSans-Regular is not in the file;"
        " a file with it does not claim PDF/X-4, PDF/UA-1, PDF/A-2a, PDF/A-2b"
    )
    for name in ("print-shop/programme.pdf", "online/programme.pdf"):
        data = (event / "print" / name).read_bytes()
        assert b"<pdfxid:GTS_PDFXVersion>" not in data
        assert b"<pdfuaid:part>" not in data
        assert b"<pdfaid:part>" not in data
    ticket = json.loads((event / "print" / "print-shop" / "job-ticket.json").read_bytes())
    assert ticket["Parts"][0]["Claims"] == []
    manifest = json.loads((event / "print" / "manifest.json").read_bytes())
    assert all("images/fontless.pdf" in entry["sources"] for entry in manifest["files"])


BADGE = """extends: panel
about: Own
trim: 90 x 55 mm
finish: cards
spec: digital
panels:
  - name: badge
    each: attendee
    front:
      - {box: bleed, artwork: images/ground.pdf}
      - {box: 5 20 80 12 mm, text: "{name}", sizes: 16 12 9 pt}
"""


@pytest.fixture
def badges(tmp_path: Path) -> Callable[..., tuple[tuple[Page, ...], list[Problem]]]:
    def made(layout: str = BADGE) -> tuple[tuple[Page, ...], list[Problem]]:
        folder = tmp_path / "mine-the-gap"
        if not folder.exists():
            few(tmp_path, "badges")
            advert(folder / "images" / "ground.pdf", Size(90 * mm, 55 * mm), "Ground")
            advert(folder / "images" / "square.pdf", Size(60 * mm, 60 * mm), "Square", bleed=0)
        (folder / "layouts").mkdir(exist_ok=True)
        (folder / "layouts" / "own.yaml").write_text(layout, encoding="utf-8")
        settings = (folder / "event.yaml").read_text(encoding="utf-8").split("\nproducts:\n")[0]
        (folder / "event.yaml").write_text(f"{settings}\nproducts:\n  badges: {{layout: own}}\n", encoding="utf-8")
        return composed(folder)

    return made


def test_art_lies_behind_every_badge_and_is_in_the_file_once(
    badges: Callable[..., tuple[tuple[Page, ...], list[Problem]]],
) -> None:
    pages, problems = badges()
    assert problems == []
    assert len(pages) > 5
    for page in pages:
        ((name, number, box),) = artworks(page)
        assert (name, number, box) == ("ground.pdf", 0, Box(0, 0, 90 * mm, 55 * mm))
        first = next(mark for mark, _ in walk(page.marks))
        assert isinstance(first, Artwork)
    made = draw(pages, edition=Edition.SHOP, title="t", language="en")
    with pikepdf.open(io.BytesIO(made)) as pdf:
        forms = [one for one in pdf.objects if isinstance(one, pikepdf.Stream) and one.get("/Subtype") == "/Form"]
        assert sum(b"BT" in form.read_bytes() for form in forms) == 1
    whole = pypdfium2.PdfDocument(made)
    pictures = [whole[number].render(scale=1).to_pil().convert("RGB") for number in (0, 1)]
    # the same ground, other names
    assert pictures[0].getpixel((2, 2)) == pictures[1].getpixel((2, 2)) != (255, 255, 255)
    assert ImageChops.difference(*pictures).getbbox() is not None


def test_art_in_a_box_lies_whole_inside_it(badges: Callable[..., tuple[tuple[Page, ...], list[Problem]]]) -> None:
    element = "{box: 5 5 30 20 mm, artwork: images/square.pdf, alternative: A square}"
    pages, problems = badges(BADGE.replace("{box: bleed, artwork: images/ground.pdf}", element))
    ((_, _, box),) = artworks(pages[0])
    assert (box.x / mm, box.y / mm, box.width / mm) == pytest.approx((10, 5, 20))
    assert [problem.message for problem in problems] == [
        "images/square.pdf: 60 × 60 mm on the badge of 30 × 20 mm: set at 33 %"
    ]
    assert problems[0].place.file == "layouts/own.yaml"


@pytest.mark.parametrize(
    ("element", "message"),
    [
        ("{box: bleed, artwork: images/grund.pdf}", "there is no PDF images/grund.pdf"),
        ("{box: bleed, artwork: ../../ground.pdf}", "the PDF ../../ground.pdf lies outside the event folder"),
        ("{box: bleed, artwork: images/ground.pdf, page: 4}", "ground.pdf has one page, and no page 4"),
        ("{box: bleed, artwork: event.yaml}", "event.yaml is damaged or no PDF"),
    ],
)
def test_art_that_cannot_be_used_is_told_once_and_the_badges_are_made(
    badges: Callable[..., tuple[tuple[Page, ...], list[Problem]]], element: str, message: str
) -> None:
    pages, problems = badges(BADGE.replace("{box: bleed, artwork: images/ground.pdf}", element))
    assert [(problem.severity, problem.message) for problem in problems] == [(Severity.ERROR, message)]
    assert (problems[0].place.file, problems[0].place.line) == ("layouts/own.yaml", 10)
    assert len(pages) > 5
    assert where(pages) == {}


def test_a_file_without_boxes_that_is_as_large_as_trim_and_bleed_fills_both(
    badges: Callable[..., tuple[tuple[Page, ...], list[Problem]]], tmp_path: Path
) -> None:
    badges()
    pdf = pikepdf.new()
    page = Dictionary(Type=Name.Page, MediaBox=Array([0, 0, 96 * mm, 61 * mm]), Resources=Dictionary())
    page.Contents = pdf.make_stream(b"0 0 1 rg 0 0 300 200 re f")
    pdf.pages.append(pikepdf.Page(page))
    pdf.save(tmp_path / "mine-the-gap" / "images" / "ground.pdf", deterministic_id=True)
    pages, problems = badges()
    assert problems == []
    ((_, _, box),) = artworks(pages[0])
    assert (box.x / mm, box.y / mm, box.width / mm, box.height / mm) == pytest.approx((-3, -3, 96, 61))


# Job files and tickets ------------------------------------------------------------------------------------------------


@pytest.mark.thorough
def test_a_job_file_holds_all_parts_of_its_folder_but_the_print_shops(small: Path) -> None:
    built = job.build(small)
    names = {made.name for made in built.files}
    assert "print-shop/job.pdf" not in names
    with pikepdf.open(small / "print" / "desk" / "job.pdf") as pdf:
        with pdf.open_outline() as outline:
            assert [item.title for item in outline.root] == ["job-sheet", "badges", "pile-list"]
            starts = [pdf.pages.index(pikepdf.Page(item.destination[0])) for item in outline.root]
        # badges are printed on both sides: every part begins on a front
        assert [start % 2 for start in starts] == [0, 0, 0]
        pages = {made.name: made.pages for made in built.files}
        assert starts == [0, 2, 2 + pages["desk/badges.pdf"]]
        assert len(pdf.pages) == starts[-1] + pages["desk/pile-list.pdf"] == pages["desk/job.pdf"]
    # a part made anew leaves no older copy of itself in a file of all parts
    again = job.build(small, ["badges"])
    assert {name for name in again.removed if name.startswith("desk")} == {"desk/job.pdf", "desk/job-ticket.json"}


def test_a_ticket_says_of_each_file_what_a_printer_asks(event: Path) -> None:
    job.build(event)
    shop, office = (
        json.loads((event / "print" / name / "job-ticket.json").read_bytes()) for name in ("print-shop", "office")
    )
    (part,) = shop["Parts"]
    assert part["FileSpec"]["URL"] == "programme.pdf"
    with pikepdf.open(event / "print" / "print-shop" / "programme.pdf") as pdf:
        trim = [float(edge) for edge in pdf.pages[0].trimbox]
        assert part["NPage"] == len(pdf.pages)
    assert (part["TrimmingParams"]["Width"], part["TrimmingParams"]["Height"]) == pytest.approx(
        (trim[2] - trim[0], trim[3] - trim[1]), abs=0.01
    )
    assert (part["trim_mm"], part["bleed_mm"], part["Amount"]) == ([148, 210], 3, 70)
    assert (part["Sides"], part["BindingEdge"], part["FoldCatalog"]) == ("TwoSidedFlipY", "Left", "F4-1")
    assert part["StitchingParams"] == {"StitchType": "Saddle", "NumberOfStitches": 2}
    assert part["Claims"] == ["PDF/X-4", "PDF/A-2b"]
    assert part["spec"] == "sheet"
    (part,) = office["Parts"]
    assert (part["FileSpec"]["URL"], part["paper_mm"]) == ("programme-booklet.pdf", [297, 210])
    assert part["Sides"] == "TwoSidedFlipY"
    assert part["Claims"] == []


def test_backs_fed_by_hand_lie_behind_their_fronts_when_the_sheet_is_turned_like_a_page(event: Path) -> None:
    """The sheets of a booklet lie across: turned about the long edge, they are not turned like a page."""
    order(event, "flip: manual")
    job.build(event)
    (part,) = json.loads((event / "print" / "office" / "job-ticket.json").read_bytes())["Parts"]
    assert (part["paper_mm"], part["Sides"]) == ([297, 210], "TwoSidedFlipY")
    order(event, "flip: long")
    job.build(event)
    (part,) = json.loads((event / "print" / "office" / "job-ticket.json").read_bytes())["Parts"]
    assert (part["paper_mm"], part["Sides"]) == ([297, 210], "TwoSidedFlipX")


# The command ----------------------------------------------------------------------------------------------------------


def test_merge_writes_a_new_file_whole_or_not_at_all(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from eventprint.cli import main

    parts = [advert(tmp_path / "a.pdf", A5, "One", "Two"), advert(tmp_path / "b.pdf", A6, "Three")]
    out = tmp_path / "all.pdf"
    assert main(["merge", str(out), *map(str, parts)]) == 0
    said = capsys.readouterr()
    assert said.out.splitlines() == [f"{out}: 3 pages, 2 files in one"]
    assert "PDF/X-4" in said.err
    whole = out.read_bytes()
    assert [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(whole)] == ["One", "Two", "Three"]
    assert main(["merge", *map(str, parts)]) == 2
    assert "is there already" in capsys.readouterr().err
    (tmp_path / "b.pdf").write_bytes(b"torn")
    assert main(["merge", str(out), *map(str, parts), "--replace"]) == 2
    assert "b.pdf is damaged or no PDF" in capsys.readouterr().err
    assert main(["merge", str(out), str(tmp_path / "none.pdf"), "--replace"]) == 5
    assert out.read_bytes() == whole
    assert main(["merge", str(out), str(parts[0]), "--replace", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["file"]["pages"] == 2
