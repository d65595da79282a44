"""A solution told as a problem: suggested by its words, never decided."""

import pytest

from territ_kit.diagnosis.disguised import spot_solution


@pytest.mark.parametrize(
    "text",
    [
        "Il manque un bus santé",
        "Il faut une campagne",
        "Il nous faudrait un médiateur",
        "Absence de maison de santé",
        "Manque de médecins",
        "Pas assez de places",
        "PAS ASSEZ D’ÉCOUTE",
        "Créer un poste",
        "Une campagne d’affichage",
        "On devrait en parler",
    ],
)
def test_the_words_of_a_solution_are_seen(text):
    assert spot_solution(text).question == "Que se passe-t-il, pour qui, parce que cela manque\u202f?"


@pytest.mark.parametrize(
    "text",
    [
        "32 % d’adultes sans médecin traitant aux Corvelles",
        "Les rendez-vous se prennent seulement en ligne",
        "Les droits C2S s’interrompent au renouvellement",
        "Passages aux urgences pour des motifs courants",
        "Un adulte sur trois n’a pas de médecin traitant",
        "13 % de jeunes n’ont ni emploi ni formation",
        "",
    ],
)
def test_a_problem_a_cause_and_a_consequence_of_the_course_are_left_alone(text):
    assert spot_solution(text) is None
