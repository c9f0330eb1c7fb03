"""Markdown of abstracts and biographies: what it means, and that everything else stays what was typed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventprint.flow import LINE_END
from eventprint.prose import Paragraph, Phrase, read, shown


def plain(text: str, language: str = "xx") -> list[str]:
    return [f"{'  ' * one.depth}{one.marker} {one.text}".strip(" ") for one in read(text, language)]


def test_bold_italic_and_links_are_phrases_of_their_own() -> None:
    (one,) = read("A **bold** and *quiet* word, a [report](https://example.org/r/) and <https://example.org>.", "en")
    assert one.phrases == (
        Phrase("A "),
        Phrase("bold", bold=True),
        Phrase(" and "),
        Phrase("quiet", italic=True),
        Phrase(" word, a "),
        Phrase("report", link="https://example.org/r/"),
        Phrase(" (example.org/r)", link="https://example.org/r/"),
        Phrase(" and "),
        Phrase("https://example.org", link="https://example.org"),
        Phrase("."),
    )


def test_an_address_that_is_said_is_not_said_twice() -> None:
    (one,) = read("See [www.example.org](https://www.example.org/) or [ada@example.org](mailto:ada@example.org).", "en")
    assert one.text == "See www.example.org or ada@example.org."
    assert shown("mailto:ada@example.org") == "ada@example.org"


def test_what_leads_to_no_address_of_the_web_is_no_link() -> None:
    (one,) = read("![a picture](../secret.png)", "en")
    assert one.phrases == (Phrase("!"), Phrase("a picture"), Phrase(" (../secret.png)"))


def test_lists_have_their_markers_and_depth() -> None:
    text = "We will:\n\n- look\n- talk\n  1. first\n  2. then\n\n3) three\n4) four\n\nDone."
    assert [(one.depth, one.marker, one.text) for one in read(text, "en")] == [
        (0, "", "We will:"),
        (1, "•", "look"),
        (1, "•", "talk"),
        (2, "1.", "first"),
        (2, "2.", "then"),
        (1, "3)", "three"),
        (1, "4)", "four"),
        (0, "", "Done."),
    ]


def test_pasted_bullets_are_a_list() -> None:
    assert [(one.marker, one.text) for one in read("• one\n• two\n", "en")] == [("•", "one"), ("•", "two")]


def test_lines_of_a_paragraph_run_on_and_two_spaces_end_one() -> None:
    assert plain("one\ntwo\n\nthree  \nfour *five*") == ["one two", f"three{LINE_END}four five"]
    assert plain("one\ntwo\n \nthree") == ["one two", "three"]


@pytest.mark.parametrize(
    "typed",
    [
        "# not a heading",
        "> no quote",
        "`code` stays",
        "~~no~~ strike",
        "<b>no</b> tags & no &amp; entities",
        "snake_case_name and 5 * 3 * 2",
        "| no | table |",
        "--- and ***",
        "[no link] and [none](javascript:alert(1))",
        "C:\\new\\table",
    ],
)
def test_everything_else_is_plain_text(typed: str) -> None:
    assert plain(typed) == [typed]


def test_an_empty_text_has_no_paragraphs() -> None:
    assert read("", "en") == read(" \n\n ", "en") == ()
    assert read("- ", "en") == (Paragraph((), 1, "•"),)


@given(
    st.text(
        st.characters(exclude_characters="*_[]<>()\\\"'-+.•‣▪◦●∙\r\x00", exclude_categories=["Cs", "Z", "C"]),
        max_size=40,
    )
)
def test_text_without_marks_is_kept_letter_for_letter(text: str) -> None:
    assert "".join(plain(text)) == text.strip()


@given(st.text("ab *_[]()<>\\-1.\n#`!", max_size=40))
def test_no_letter_is_ever_lost(text: str) -> None:
    letters = [c for c in "".join(one.marker + one.text for one in read(text, "xx")) if c in "ab"]
    assert len(letters) >= sum(c in "ab" for c in text)
