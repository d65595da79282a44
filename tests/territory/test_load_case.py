"""Opening a case: what is found, and how each fault is named."""

import re
import shutil
from pathlib import Path

import pytest

from territ_kit.errors import CaseError
from territ_kit.territory import list_cases, load_case
from territ_kit.territory.cases import CASES


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of a good case, to be spoilt."""
    return Path(shutil.copytree(CASES / "port-ancelle", tmp_path / "mon-cas"))


def spoil(folder: Path, file: str, old: str, new: str) -> None:
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert re.search(old, text, re.MULTILINE)
    path.write_text(re.sub(old, new, text, count=1, flags=re.MULTILINE), encoding="utf-8")


def test_the_case_is_listed_under_its_name():
    assert list_cases()["port-ancelle"] == "Communauté d’agglomération de Port-Ancelle"


def test_an_id_and_a_folder_open_the_same_case(folder: Path):
    by_id, by_path = load_case("port-ancelle"), load_case(folder)
    assert by_id.indicators.equals(by_path.indicators)
    assert (by_id.id, by_path.id) == ("port-ancelle", "mon-cas")


def test_two_openings_share_nothing_that_a_notebook_could_spoil():
    first, second = load_case("port-ancelle"), load_case("port-ancelle")
    first.communes.loc["X1001", "population"] = 0
    first.standard_population.loc[0] = 0
    assert second.communes.loc["X1001", "population"] == 61200
    assert second.standard_population.sum() == load_case("port-ancelle").standard_population.sum() == 100_000


def test_an_unknown_case_is_answered_with_the_known_ones():
    with pytest.raises(CaseError, match=r"«\sport-anselle\s» n’existe pas.*«\sport-ancelle\s»"):
        load_case("port-anselle")


def test_every_fault_of_several_files_is_named_at_once(folder: Path):
    spoil(folder, "communes.csv", "Havrelle-Plage,6400,", "Havrelle-Plage,6 400,")
    spoil(folder, "actors.toml", 'kind = "state"', 'kind = "etat"')
    spoil(folder, "indicators.csv", r"^(pauvrete,epci,X00000001),\d+", r"\1,999999")
    (folder / "zones.csv").unlink()
    with pytest.raises(CaseError, match="4 défauts") as caught:
        load_case(folder)
    faults = {fault.file: fault for fault in caught.value.faults}
    assert set(faults) == {"communes.csv", "actors.toml", "indicators.csv", "zones.csv"}
    cell = faults["communes.csv"]
    assert (cell.row, cell.column, cell.value) == ("ligne 4", "population", "6 400")
    assert all(fault.rule.endswith(".") and fault.remedy.endswith(".") for fault in faults.values())
    assert any("communes.csv, ligne 4, population" in note for note in caught.value.__notes__)


FAULTS = [  # file, what is written, what replaces it, column of the fault, rule
    ("communes.csv", "^code,", "insee,", "code", "Cette colonne est attendue"),
    ("communes.csv", "Estranvaux,2914", "Estranvaux,-3", "population", "Le minimum est 1"),
    ("communes.csv", "Estranvaux,2914", "Estranvaux,29.5", "population", "nombre entier"),
    ("communes.csv", "Estranvaux,2914", "Estranvaux,", "population", "ne peut pas être vide"),
    ("communes.csv", "Estranvaux,2914", "Estranvaux,2915", "population", "Le total attendu est 118400"),
    ("communes.csv", "^X1004", "X1003", "code", "Chaque ligne est unique"),
    ("communes.csv", "6400,littoral", "6400,plage", "zone", "une zone de zones.csv"),
    ("communes.csv", "6400,littoral,littoral", "6400,littoral,plage", "group", "un groupe de groups.csv"),
    ("groups.csv", r"\Z", "montagne,Montagne\n", "id", "le groupe d’une commune"),
    ("qpv.csv", "Tournevent,X1001", "Tournevent,X9999", "commune", "n’est pas une commune"),
    ("qpv.csv", "True", "peut-être", "asv", "true ou false"),
    (
        "qpv.csv",
        "Hauts-de-Brévaumer,X1002,1700",
        "Hauts-de-Brévaumer,X1026,1700",
        "X1026",
        "sa commune au plus",
    ),
    ("ages.csv", r"^(commune,X1003,0),\d+", r"\1,1", "X1003", "la population du territoire"),
    ("ages.csv", r"^commune,X1003,90,\d+,\d+\n", "", "age_start", "19 groupes d’âge"),
    ("ages.csv", r"^(commune,X1003,0,\d+),\d+", r"\1,9999", "women", "une partie des habitants"),
    ("ages.csv", r"^(commune,X1003,0,\d+),\d+", r"\1,1", "0 ans, women", "celui de l’EPCI"),
    ("deaths.csv", r"^(commune,X1003,90),\d+", r"\1,0", "90 ans", "celui de l’EPCI"),
    ("deaths.csv", r"^commune,X1003,90", "commune,X9999,90", "area", "un territoire de ce niveau"),
    ("strata.csv", r"^(QNX101M,1,depistage),\d+", r"\1,7", "QNX101M, depistage", "la zone"),
    ("strata.csv", r"0\.483", "1.483", "need_share", "Le maximum est 1"),
    ("strata.csv", "^QNX101M,1,depistage", "QNX101M,1,danse", "theme", "un thème de case.toml"),
    ("indicators.csv", r"^pauvrete,commune,X1010,", "richesse,commune,X1010,", "indicator", "catalogue.toml"),
    ("indicators.csv", r"^pauvrete,commune,X1010.*\n", "", "pauvrete", "une ligne par territoire"),
    ("indicators.csv", r"^(pauvrete,commune,X1010.*),secret,", r"\1,oubli,", "missing", "Valeurs possibles"),
    ("indicators.csv", r"^(pauvrete,commune,X1010),,,", r"\1,12,50,", "missing", "n’a pas de chiffre"),
    ("indicators.csv", r"^(pauvrete,commune,X1010.*,secret),.*", r"\1,", "reason", "a sa raison"),
    ("indicators.csv", r"^(pauvrete,commune,X1001),\d+", r"\1,", "numerator", "sont attendus"),
    (
        "indicators.csv",
        r"^(pauvrete,commune,X1001),\d+,",
        r"\1,70000,",
        "numerator",
        "ne dépasse pas l’effectif",
    ),
    (
        "indicators.csv",
        r"^(part-75-ans,commune,X1001),\d+",
        r"\1,5",
        "part-75-ans, numerator",
        "celui de l’EPCI",
    ),
    ("indicators.csv", r"^(apl-medecins,epci,X00000001,,),3.6", r"\1,", "value", "Une valeur est attendue"),
    ("indicators.csv", r"^(pauvrete,epci,X00000001,\d+,\d+),", r"\1,16", "value", "La valeur est calculée"),
    ("indicators.csv", r"^(pauvrete,commune,X1001,\d+),\d+", r"\1,0", "denominator", "plus grand que zéro"),
    ("indicators.csv", r"^(pauvrete,commune,X1001,\d+,\d+)", r"\1.5", "denominator", "plus grand que zéro"),
    ("indicators.csv", r"\Z", "pauvrete,group,plage,1,2,,,\n", "area", "un territoire de ce niveau"),
    (
        "indicators.csv",
        r"\Z",
        "pauvrete,group,littoral,900000,1000000,,,\n",
        "pauvrete, numerator",
        "celui de l’EPCI",
    ),
    (
        "indicators.csv",
        r"^mortalite-standardisee,commune,X1001,,",
        "mortalite-standardisee,commune,X1001,1,2",
        "numerator",
        "ages.csv et deaths.csv",
    ),
    (
        "indicators.csv",
        r"^(mortalite-standardisee,qpv,QNX101M.*),not_available.*",
        r"\1,,",
        "area",
        "par âge de ce territoire",
    ),
    ("indicators.csv", "^(mortalite-icm,commune,X1001),,", r"\1,12,", "numerator", "sont attendus"),
    ("indicators.csv", "^(mortalite-icm,commune,X1001),,", r"\1,12,0", "denominator", "plus grand que zéro"),
    ("indicators.csv", "^(esperance-de-vie,commune,X1001),,,", r"\1,,,80", "value", "La valeur est calculée"),
    ("references.csv", r"15\.7", "15,7", "", "tableau CSV"),
    ("facilities.csv", "CPAM\\),X1001", "CPAM),X9999", "commune", "n’est pas une commune"),
    ("travel_minutes.csv", r"^X1002,X1001,\d+\n", "", "", "chaque départ et chaque arrivée"),
    ("contours.geojson", '"X1026"', '"X9999"', "code", "celles de communes.csv"),
    ("contours.geojson", '"features"', '"objects"', "", "FeatureCollection"),
    ("contours.geojson", '"properties"', '"attributs"', "", "FeatureCollection"),
    ("contours.geojson", r"^\{", "", "", "GeoJSON"),
    ("case.toml", "^priority = true$", "priorite = true", "priorite", "n’est pas connue"),
    ("case.toml", r"^credits_per_head = 9.0$", 'credits_per_head = "neuf"', "credits_per_head", "nombre"),
    ("case.toml", r"\{\{pauvrete:epci\}\}", "{{pauvrete:X1010}}", "voices", "absent des tableaux"),
    ("case.toml", r"\{\{communes\}\}", "{{richesse:epci}}", "story", "absent des tableaux"),
    ("case.toml", r":numerator\}\}", ":value}}", "voices", "absent des tableaux"),
    ("case.toml", "^name = ", "name ", "", "syntaxe TOML"),
    ("catalogue.toml", "^per = 100$", "per = 10", "per", "Valeurs possibles"),
    ("catalogue.toml", '^theme = "depistage"', 'theme = "danse"', "theme", "un thème de case.toml"),
    ("catalogue.toml", "^per = 100$", 'per = 100\nequal_age = "x"', "equal_age", "un indicateur du fichier"),
    ("catalogue.toml", "^per = 100$", 'per = 100\nrole = "wealth"', "role", "Valeurs possibles : income, "),
    ("catalogue.toml", "^per = 100$", "per = 100\nyears = 0", "years", "Le minimum est 1"),
    ("catalogue.toml", 'ratio"\nper = 100', 'ratio"\nper = 1000', "per", "per = 100"),
    ("catalogue.toml", 'expectancy"\nper = 1', 'expectancy"\nper = 100', "per", "per = 1."),
    ("catalogue.toml", 'role = "workers"', 'role = "income"', "role", "Un seul indicateur"),
    ("actors.toml", "power = 0.9", "power = 9", "power", "Le maximum est 1"),
    ("actions.toml", 'lead = "cpam"', 'lead = "personne"', "lead", "un acteur"),
    ("actions.toml", 'area = "QNX104M"', 'area = "QNX109M"', "area", "un territoire du cas"),
    ("projects.toml", '"QNX104M"', '"QNX109M"', "perimeter", "un territoire du cas"),
    ("positions.toml", r"cpts = \[2, 2, 1", "cpts = [4, 2, 1", "0", "Le maximum est 3"),
    ("positions.toml", r"cpts = \[2, 2, 1, ", "cpts = [2, 2, ", "cpts", "6 nombres"),
    ("positions.toml", r"^cpts = \[2, 2, 1", "cpst = [2, 2, 1", "cpst", "Chaque acteur"),
]


@pytest.mark.parametrize(("file", "old", "new", "column", "rule"), FAULTS)
def test_each_fault_is_named_with_its_place_its_rule_and_its_remedy(
    folder: Path, file: str, old: str, new: str, column: str, rule: str
):
    spoil(folder, file, old, new)
    with pytest.raises(CaseError, match="ne peut pas être ouvert") as caught:
        load_case(folder)
    fault = next(one for one in caught.value.faults if rule in one.rule and column in one.column)
    assert fault.file == file
    assert fault.remedy


def test_expected_events_may_have_decimals_and_add_up_to_rounding(folder: Path):
    path = folder / "indicators.csv"
    text = re.sub(r"^(mortalite-icm,epci,X00000001),,", r"\1,26,23.4", path.read_text("utf-8"), flags=re.M)
    text = re.sub(r"^(mortalite-icm,commune,X\d+),,", r"\1,1,0.9", text, flags=re.MULTILINE)
    path.write_text(text, encoding="utf-8")
    ratios = load_case(folder).indicators.query("indicator == 'mortalite-icm' and level != 'qpv'")
    assert ratios["value"].tolist() == pytest.approx([100 / 0.9] * 27)


def test_a_text_may_quote_a_group_and_a_number_without_its_unit(folder: Path):
    spoil(
        folder,
        "case.toml",
        r"\{\{communes\}\} communes",
        "{{population:littoral}} {{apl-medecins:epci:number}} !",
    )
    assert "14\u202f891 3,6 !" in load_case(folder).story


def test_a_ratio_by_age_needs_the_departement(folder: Path):
    for name in ("ages", "deaths"):
        path = folder / f"{name}.csv"
        path.write_text(re.sub(r"^departement.*\n", "", path.read_text("utf-8"), flags=re.MULTILINE), "utf-8")
    with pytest.raises(CaseError, match="1 défaut") as caught:
        load_case(folder)
    assert "par âge du département" in caught.value.faults[0].rule


def test_groups_of_communes_add_up_to_the_whole_when_all_are_there(folder: Path):
    path = folder / "indicators.csv"
    groups = ["villes", "littoral", "couronne", "rural"]
    rows = "".join(f"renoncement-soins,group,{group},60,200,,,\n" for group in groups)
    path.write_text(path.read_text("utf-8") + rows, "utf-8")
    with pytest.raises(CaseError, match="2 défauts") as caught:
        load_case(folder)
    assert [fault.value for fault in caught.value.faults] == ["240", "800"]


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", b'"a,b\nc', b"id,name\nrural,Rural,3,6\n"])
def test_a_table_that_is_no_table_is_refused(folder: Path, content: bytes):
    (folder / "zones.csv").write_bytes(content)
    with pytest.raises(CaseError) as caught:
        load_case(folder)
    assert [fault.file for fault in caught.value.faults] == ["zones.csv"]


def test_a_table_saved_with_a_byte_order_mark_is_read(folder: Path):
    path = folder / "communes.csv"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert load_case(folder).population == 118_400


NEEDED = sorted({path.name for path in CASES.glob("port-ancelle/*.*[lvn]")} - {"dossier.json"})


@pytest.mark.parametrize("file", NEEDED)
def test_each_file_of_the_case_is_needed(folder: Path, file: str):
    (folder / file).unlink()
    with pytest.raises(CaseError) as caught:
        load_case(folder)
    if file != "case.toml":  # without it the folder is no case at all
        assert [(fault.file, fault.rule) for fault in caught.value.faults] == [
            (file, "Ce fichier est attendu.")
        ]
