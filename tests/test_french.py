"""Numbers that learners read must follow French typography."""

import math

import pytest

from territ_kit.french import count, decimals_for, fr, listing


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (fr(70_500), "70\u202f500"),
        (fr(1_234_567.8, 1), "1\u202f234\u202f567,8"),
        (fr(12.5), "12,5"),
        (fr(-9), "\u22129"),
        (fr(46, signed=True), "+46"),
        (fr(31, unit="%"), "31\u00a0%"),
        (fr(198.6), "199"),
        (fr(-0.04, 1), "0,0"),
        (fr(0, signed=True), "0"),
    ],
)
def test_a_number_is_written_as_in_the_style_guide(text, expected):
    assert text == expected


@pytest.mark.parametrize("number", [math.nan, math.inf, -math.inf])
def test_a_screen_never_shows_nan(number):
    assert fr(number, unit="%") == "–"


def test_the_figures_of_one_series_share_their_decimals():
    assert decimals_for([8.0, 12.5, math.nan]) == 1


def test_a_list_of_one_word_is_that_word():
    assert listing(["le CLS"]) == "le CLS"
    assert listing([]) == ""


def test_zero_is_singular_in_french():
    assert count(0, "commune") == "0 commune"
