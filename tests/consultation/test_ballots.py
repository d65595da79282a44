"""Ballots as people bring them: read whole, or refused whole with every fault."""

import contextlib
import io
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from territ_kit.consultation.ballots import (
    MOST_BALLOTS,
    BallotFaults,
    Paper,
    ballots_from_file,
    ballots_from_text,
)
from territ_kit.consultation.voting import majority_judgement, tally_grades

GRADES = Paper("judgement")


def numbers(ballots):
    return [[None if math.isnan(value) else value for value in row] for row in ballots.values.to_numpy()]


def workbook(*rows):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    packed = io.BytesIO()
    book.save(packed)
    return packed.getvalue()


def faults(text, paper=GRADES):
    with pytest.raises(BallotFaults) as caught:
        ballots_from_text(text, paper)
    return caught.value.faults


@pytest.mark.parametrize("mark", ["\t", ";", ","])
def test_a_pasted_table_is_read_whatever_its_separator(mark):
    text = f"Bus{mark}Ligne\nTrès bien{mark}à rejeter\n"
    assert numbers(ballots_from_text(text, GRADES)) == [[4, 0]]


def test_a_grade_is_a_word_its_initials_or_a_number():
    read = ballots_from_text("A;B;C;D;E\ntres BIEN;AB;p;ar;4", GRADES)
    assert numbers(read) == [[4, 2, 1, 0, 3]]


def test_not_knowing_is_no_grade_and_is_counted():
    read = ballots_from_text("Bus;Ligne\nTB;nsp\n;?\nB;AB", GRADES)
    assert numbers(read) == [[4, None], [None, None], [3, 2]]
    assert read.blank == 1
    assert read.unknown.tolist() == [1, 2]


def test_the_names_of_the_voters_are_not_kept():
    read = ballots_from_text("Nom;Bus;Ligne\nUn habitant;TB;B", GRADES)
    assert read.paper.options == ("Bus", "Ligne")
    assert "habitant" not in read.values.to_csv()


def test_options_of_the_vote_come_in_its_own_order():
    read = ballots_from_text("ligne;BUS\n1;2", Paper("ranking", ("Bus", "Ligne")))
    assert read.values.columns.tolist() == ["Bus", "Ligne"]
    assert numbers(read) == [[2, 1]]


def test_yes_and_no_in_many_words():
    assert numbers(ballots_from_text("A;B;C;D\noui;x;0;NON", Paper("approval"))) == [[1, 1, 0, 0]]


def test_points_take_a_decimal_comma():
    assert numbers(ballots_from_text("A;B\n33,5;66,5", Paper("points"))) == [[33.5, 66.5]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_a_csv_is_read_in_the_encodings_of_the_field(encoding):
    content = "Ligne d’écoute;Bus\nTrès bien;À rejeter\n".encode(encoding)
    read = ballots_from_file("vote.csv", content, GRADES)
    assert read.paper.options == ("Ligne d’écoute", "Bus")
    assert numbers(read) == [[4, 0]]


def test_a_workbook_is_read_with_its_numbers():
    content = workbook(["bulletin", "Bus", "Ligne"], [1, 2.0, 1], [None, None, None], [2, "1", 2])
    assert numbers(ballots_from_file("vote.xlsx", content, Paper("ranking"))) == [[2, 1], [1, 2]]


def test_five_hundred_ballots_give_the_same_tallies_as_counting():
    words = ["AR", "P", "AB", "B", "TB"]
    text = "Bus;Ligne\n" + "\n".join(f"{words[n % 5]};{words[n % 3]}" for n in range(500))
    tallies = tally_grades(ballots_from_text(text, GRADES).values)
    assert tallies.loc["Bus"].tolist() == [100] * 5
    assert tallies.loc["Ligne"].tolist() == [167, 167, 166, 0, 0]
    assert majority_judgement(tallies)["median_grade"].to_dict() == {"Bus": "Assez bien", "Ligne": "Passable"}


def test_every_fault_is_told_at_once_with_its_place():
    found = faults("Bus;Ligne\nsuper;B\nTB;9\nTB;B;AB")
    assert [(fault.row, fault.column, fault.value) for fault in found] == [
        ("ligne 2", "Bus", "super"), ("ligne 3", "Ligne", "9"), ("ligne 4", "", "AB")
    ]  # fmt: skip
    assert all(fault.rule and fault.remedy for fault in found)


def test_the_message_says_that_nothing_changed_and_the_first_faults():
    with pytest.raises(BallotFaults, match="rien n’a changé") as caught:
        ballots_from_text("Bus\n" + "super\n" * 20, GRADES)
    assert "Voici 8 points à reprendre sur 20." in str(caught.value)
    assert len(caught.value.faults) == 20


@pytest.mark.parametrize(
    ("text", "paper", "rule"),
    [
        ("", GRADES, "aucune ligne"),
        ("Bus;Ligne\n", GRADES, "aucun bulletin"),
        ("TB;B\nB;B", GRADES, "La première ligne porte le nom des options"),
        ("Bus;bus\nTB;B", GRADES, "n’a qu’une colonne"),
        ("Bus;;Ligne\nTB;B;B", GRADES, "porte le nom d’une option"),
        ("Bus;Tram\n1;2", Paper("ranking", ("Bus", "Ligne")), "n’est pas au vote"),
        ("Bus\n1", Paper("ranking", ("Bus", "Ligne")), "n’a pas de colonne"),
        ("A;B\n1;3", Paper("ranking"), "Le dernier rang est 2"),
        ("A;B\n0;1", Paper("ranking"), "à partir de 1"),
        ("A;B\n1,5;2", Paper("ranking"), "nombre entier"),
        ("A;B\n60;50", Paper("points"), "100 points au plus"),
        ("A;B\n-1;50", Paper("points"), "jamais négatif"),
        ("A;B\nbeaucoup;50", Paper("points"), "Un nombre est attendu"),
        ("A;B\ninf;50", Paper("points"), "Un nombre est attendu"),
        ("A;B\npeut-être;non", Paper("approval"), "oui ou non"),
        ("A\n" + "1\n" * (MOST_BALLOTS + 1), Paper("ranking"), "au plus"),
    ],
)
def test_what_breaks_a_rule_is_refused(text, paper, rule):
    assert any(rule in fault.rule for fault in faults(text, paper))


@pytest.mark.parametrize(
    ("name", "content", "rule"),
    [
        ("vote.ods", b"x", "Les fichiers lus sont .csv et .xlsx"),
        ("vote.xlsx", b"pas un classeur", "ne s’ouvre pas"),
        ("vote.csv", b"x" * 5_000_001, "5 millions"),
        ("vote.csv", b"A;B\n" + b"x" * 200_000, "ne se découpe pas"),
    ],
)
def test_a_file_that_is_not_ballots_is_refused(name, content, rule):
    with pytest.raises(BallotFaults) as caught:
        ballots_from_file(name, content, GRADES)
    assert rule in caught.value.faults[0].rule


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused_as_ballots(text):
    with contextlib.suppress(BallotFaults):
        ballots_from_text(text, GRADES)
