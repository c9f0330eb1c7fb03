"""Initials: written as CLDR says they are in each language, and never of what is no middle name."""

from __future__ import annotations

import pytest

from eventprint.kit import with_initials


@pytest.mark.parametrize(
    ("given", "language", "short"),
    [
        ("Johann Sebastian Friedrich", "de", "Johann S. F."),
        ("John Ronald Reuel", "en-GB", "John R.R."),
        ("Karl Gustaf", "sv", "Karl G"),
        ("Pieter Jan Willem", "nl", "Pieter J.W."),
        ("Анна Мария", "ru", "Анна М."),
        ("Անի Մարիամ", "hy", "Անի Մ․"),
        ("Jean-Pierre Élise", "fr", "Jean-Pierre É."),
        ("Ngọc E\u0301lise", "vi", "Ngọc E\u0301."),
        ("Mary J.", "de", "Mary J."),
        ("Ada", "en", "Ada"),
        ("", "en", ""),
        ("Abd al Rahman", "en", "Abd al Rahman"),
        ("María del Carmen", "es", "María del Carmen"),
        ("कमला देवी", "hi", "कमला देवी"),
        ("محمد علي", "ar", "محمد علي"),
    ],
)
def test_middle_names_become_initials(given: str, language: str, short: str) -> None:
    assert with_initials(given, language) == short
