"""Words and numbers read in what people write."""

import pytest

from territ_kit.planning.parts import number_in, plain, year_in


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("22 %", 22),
        ("de 12,5 à 20", 12.5),
        ("1 200 jeunes", 1200),
        ("1\u202f200\u00a0€", 1200),
        ("−3 points", -3),
        ("en 2029", 2029),
        ("3 000 000", 3_000_000),
        ("12 1234", 12),
        ("beaucoup", None),
        ("", None),
    ],
)
def test_the_first_number_of_a_french_text(text, number):
    assert number_in(text) == number


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("décembre 2029", 2029),
        ("de 2027 à 2029", 2029),
        ("31/12/2028", 2028),
        ("12029", None),
        ("demain", None),
    ],
)
def test_the_last_year_that_a_text_names(text, year):
    assert year_in(text) == year


def test_words_are_folded():
    assert plain("Mise en Œuvre des élèves") == "mise en oeuvre des eleves"
