import pytest

from territ_kit import __version__
from territ_kit.cli import doctor, main


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        (["strat"], "« territ strat » n’est pas reconnu : tapez « territ start », « territ doctor »"),
        (["doctor", "--verbeux"], "« territ doctor --verbeux » n’est pas reconnu"),
        (["start", "--port", "80"], "le port est un nombre entier de 1024 à 65535"),
        (["start", "--port", "70000"], "le port est un nombre entier de 1024 à 65535"),
        (["start", "--port", "abc"], "le port est un nombre entier de 1024 à 65535"),
    ],
)
def test_a_wrong_command_line_is_answered_by_one_french_sentence(typed, expected, capsys):
    assert main(typed) == 2
    said = capsys.readouterr()
    assert expected in said.err.replace("\u00a0", " ")
    assert said.err.count("\n") == 1
    assert not said.out
    for english in ("No such", "Invalid", "range", "Did you mean", "Usage"):
        assert english not in said.err


def test_without_a_command_the_help_is_shown(capsys):
    assert main([]) == 0
    assert "Ouvrir le cours" in capsys.readouterr().out


def test_version(capsys):
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"territ {__version__}\n"


def test_doctor_finds_everything_in_an_empty_folder(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(doctor, "MEMORY_MIB", 0)  # what else this machine is running is not the question
    assert main(["doctor", str(tmp_path)]) == 0
    assert "Tout est prêt" in capsys.readouterr().out
    assert not list(tmp_path.iterdir())


def test_doctor_says_what_to_do_about_a_missing_program(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(doctor, "NEEDED", ("programme-absent",))
    assert main(["doctor", str(tmp_path)]) == 1
    said = capsys.readouterr().out
    assert "il manque programme-absent" in said
    assert "Relancez l’installation" in said
