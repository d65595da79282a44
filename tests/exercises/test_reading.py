"""What people write is read forgivingly, and never wrongly."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from territ_kit.exercises.reading import fold, mentions, read_date, read_number, typeset


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("12,5", 12.5),
        ("12.5 %", 12.5),
        ("12 000 €", 12000),
        ("12\u202f000,50 euros", 12000.5),
        ("−3", -3),
        ("+4", 4),
        (" 7 ", 7),
        ("36 mois", 36),
        ("0,35 ETP", 0.35),
    ],
)
def test_a_number_is_read_as_french_people_write_it(text, number):
    assert read_number(text) == number


@pytest.mark.parametrize(
    "text", ["", "douze", "3 ou 4", "1.234,5", "12/05/2027", "nan", "inf", "9" * 40, "%"]
)
def test_what_is_not_one_number_is_not_guessed(text):
    assert read_number(text) is None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("15/03/2027", date(2027, 3, 15)),
        ("2027-03-15", date(2027, 3, 15)),
        ("03/2027", date(2027, 3, 1)),
        ("Mars 2027", date(2027, 3, 1)),
        ("1er août 2027", date(2027, 8, 1)),
        ("15 décembre 2027", date(2027, 12, 15)),
    ],
)
def test_a_date_is_read_in_its_usual_forms(text, day):
    assert read_date(text) == day


@pytest.mark.parametrize("text", ["", "bientôt", "32/01/2027", "13/2027", "mardi 2027", "2027"])
def test_what_is_not_a_date_is_not_guessed(text):
    assert read_date(text) is None


def test_capitals_accents_and_apostrophes_do_not_count():
    assert fold("  L’ÉLU   référent — cœur ") == "l'elu referent - coeur"


def test_a_mention_begins_a_word():
    assert mentions("Des Apprentis", "apprenti")
    assert mentions("jeunes sans   école", "sans ecole")
    assert not mentions("la commission", "mission")


@given(st.text(), st.text())
def test_no_text_breaks_the_readers(text, word):
    read_number(text), read_date(text), mentions(text, word)
    assert fold(fold(text)) == fold(fold(fold(text)))


def test_french_spaces_are_put_where_ordinary_ones_were_typed():
    assert (
        typeset("L'écart : « 12 % » ; et alors ?")
        == "L’écart\u00a0: «\u00a012 %\u00a0»\u202f; et alors\u202f?"
    )


@given(st.text())
def test_a_text_already_typeset_does_not_change(text):
    assert typeset(typeset(text)) == typeset(text)
