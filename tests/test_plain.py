"""Abstracts in HTML or Markdown become plain text in paragraphs."""

from __future__ import annotations

import pytest
from effort import ending
from hypothesis import given
from hypothesis import strategies as st

from eventprint.read.language.plain import plain


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("one\r\ntwo\r\n\r\n\r\nthree", "one\ntwo\n\nthree"),
        ("<p>One &amp; two</p><p>three</p>", "One & two\n\nthree"),
        ("<p>One\ntwo</p>\n\n<p>three<br>four</p>", "One two\n\nthree\nfour"),
        ("<ul><li>a</li><li><b>b</b></li></ul>", "- a\n- b"),
        ('see <a href="https://example.org/x">the page</a>.', "see the page (https://example.org/x)."),
        ('see <a href="https://example.org/">https://example.org</a>', "see https://example.org"),
        ('write <a href="mailto:a@example.org">us</a>', "write us"),
        ("a<script>alert(1)</script><style>p{}</style>b", "ab"),
        ("a <!-- <b>hidden</b> --> b", "a b"),
        ('<span style="x">a</span>&nbsp;b', "a b"),
        ("if a < b and b > c, use <T> and List<String>", "if a < b and b > c, use <T> and List<String>"),
        ("RCPT TO:<grå@grå.org>", "RCPT TO:<grå@grå.org>"),
        ("#### Section 1 ##\ntext", "Section 1\n\ntext"),
        ("Title\n=====\ntext", "Title\n\ntext"),
        ("one\n\n---\n\ntwo", "one\n\ntwo"),
        ("```python\ncode\n```", "code"),
        ("run `make` now", "run make now"),
        ("![logo](https://example.org/a.png) text", "logo text"),
        ("> quoted\n> lines", "quoted\nlines"),
        (
            "**bold**, *italic*, [link](https://example.org)\n* item",
            "**bold**, *italic*, [link](https://example.org)\n* item",
        ),
        ("C# is not F#", "C# is not F#"),
        ("R&D, AT&T; &copy; &#8211; &unknown;", "R&D, AT&T; © – &unknown;"),
        ("", ""),
    ],
)
def test_a_text_is_read_as_people_read_it(written: str, read: str) -> None:
    assert plain(written) == read


@pytest.mark.parametrize(
    "part", ["<", "<p", "<!--", "&", "# ", "`", "![", "- ", "= ", "> ", "<a href=", "x\n===", " \n", "</p>"]
)
def test_any_text_is_read_to_its_end(part: str) -> None:
    with ending():
        plain(part * (300_000 // len(part)))


@given(st.text(alphabet="<>/abp &;#`*_-=![]()\n\r\t\"'é"))
def test_no_text_raises_and_nothing_grows(text: str) -> None:
    read = plain(text)
    assert read == read.strip()
    assert "\r" not in read
    assert "\n\n\n" not in read
