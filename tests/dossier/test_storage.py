"""The dossier is saved whole, its last changes can be undone, and nothing is ever lost in silence."""

from __future__ import annotations

import json
import multiprocessing
import os
import threading
import time

import pytest
from filelock import FileLock
from hypothesis import given, settings
from hypothesis import strategies as st

from territ_kit import safe_file
from territ_kit.dossier import Dossier, DossierFile, record, storage
from territ_kit.dossier.record import LARGEST_FILE, LONGEST_HISTORY
from territ_kit.errors import DossierError
from territ_kit.workspace import Workspace
from tests.dossier.conftest import make_finding


@pytest.fixture
def file(tmp_path):
    return DossierFile(Workspace(tmp_path).dossier_of("port-ancelle"), "port-ancelle", "Port-Ancelle")


def again(file):
    """Return the file as a page loaded anew opens it."""
    return DossierFile(file.path, file.territory, file.name)


def written(file, content):
    file.path.parent.mkdir(parents=True, exist_ok=True)
    file.path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")


def content(**changes):
    return {"schema": 1, "territory": "port-ancelle", "territory_name": "Port-Ancelle"} | changes


def keep(*indicators):
    def change(dossier):
        for indicator in indicators:
            dossier = dossier.keep(make_finding(indicator))
        return dossier

    return change


def kept(file):
    return [finding.indicator for finding in file.read().observation.kept]


def test_a_dossier_without_a_file_is_empty(file, dossier):
    assert file.read() == dossier
    assert not file.path.parent.exists()


def test_what_is_saved_is_read_again(file, dossier):
    full = dossier.keep(make_finding(words="Été « œ » 🙂", reasons=["écart net"])).keep(
        make_finding("b", low=None)
    )
    shown = file.save(full)
    assert again(file).read() == shown.dossier == full
    assert (shown.undoable, shown.notice) == (1, "")
    assert shown.saved_at is not None


def test_the_file_says_its_schema_and_its_territory_and_can_be_read_by_a_person(file):
    file.change(keep("pauvrete"))
    text = file.path.read_text(encoding="utf-8")
    assert list(json.loads(text))[:3] == ["schema", "territory", "territory_name"]
    assert '\n    "label": "Taux de pauvreté",\n' in text


def test_each_territory_has_a_dossier_of_its_own(tmp_path):
    workspace = Workspace(tmp_path)
    for territory in ("port-ancelle", "val-d-aubrelle"):
        DossierFile(workspace.dossier_of(territory), territory).change(keep(territory))
    assert kept(DossierFile(workspace.dossier_of("port-ancelle"), "port-ancelle")) == ["port-ancelle"]
    assert kept(DossierFile(workspace.dossier_of("val-d-aubrelle"), "val-d-aubrelle")) == ["val-d-aubrelle"]


def test_in_a_notebook_a_path_is_enough(tmp_path):
    file = DossierFile(tmp_path / "essai.json")
    assert file.read().territory == "essai"
    file.save(Dossier(territory="port-ancelle", territory_name="Port-Ancelle"))
    assert file.read().territory == "port-ancelle"


def test_a_change_that_changes_nothing_writes_nothing(file):
    shown = file.change(lambda dossier: dossier.drop("absent"))
    assert (shown.undoable, shown.saved_at) == (0, None)
    assert not file.path.exists()


def test_a_change_that_is_refused_leaves_the_file_as_it_is(file):
    file.change(keep("a"))
    before = file.path.read_bytes()
    with pytest.raises(DossierError, match="n’est plus dans le dossier"):
        file.change(lambda dossier: dossier.drop(make_finding("a").id).write("absent", "mots"))
    assert file.path.read_bytes() == before


def test_changes_are_undone_one_by_one_after_a_reload(file):
    for indicator in "abc":
        file.change(keep(indicator))
    assert again(file).read_for_display().undoable == 3
    assert [again(file).undo().undoable for _ in range(3)] == [2, 1, 0]
    assert kept(file) == []
    assert again(file).undo().saved_at is None


def test_a_new_change_after_an_undo_can_be_undone_too(file):
    file.change(keep("a"))
    file.change(keep("b"))
    file.undo()
    file.change(keep("c"))
    assert kept(file) == ["a", "c"]
    file.undo()
    assert kept(file) == ["a"]


def test_the_history_is_bounded_by_number(file):
    for n in range(LONGEST_HISTORY + 3):
        shown = file.change(keep(f"i{n}"))
    assert shown.undoable == LONGEST_HISTORY
    for _ in range(LONGEST_HISTORY):
        file.undo()
    assert kept(file) == ["i0", "i1", "i2"]


def test_the_history_is_bounded_by_size_and_the_dossier_is_kept(file):
    file.change(keep(*(f"i{n}" for n in range(600))))
    for n in range(10):
        shown = file.change(lambda dossier, n=n: dossier.write(make_finding("i0").id, str(n) * 2000))
    assert file.path.stat().st_size <= LARGEST_FILE
    assert 0 < shown.undoable < 10
    assert file.read() == shown.dossier


def test_a_dossier_too_long_for_the_file_is_refused_and_the_former_one_is_intact(file, monkeypatch):
    file.change(keep("a"))
    monkeypatch.setattr(record, "LARGEST_FILE", 2000)
    with pytest.raises(DossierError, match="trop long"):
        file.change(keep("b", "c", "d", "e"))
    assert kept(file) == ["a"]


@pytest.mark.parametrize(
    "step", ["{", "[]", '{"observation": 3}', '{"inconnue": {}}', "9" * 5000, "[" * 9000]
)
def test_a_step_that_was_damaged_is_said_and_the_dossier_is_intact(file, step):
    written(file, content(history=[step]))
    with pytest.raises(DossierError, match="ne peut plus être annulé"):
        file.undo()
    file.change(keep("a"))
    file.undo()
    assert kept(file) == []


@pytest.mark.parametrize("history", [3, {}, [3], ["\ud800"], [None]])
def test_a_history_that_cannot_be_used_is_left_out(file, history):
    written(file, content(history=history))
    assert file.read_for_display().undoable == 0
    assert file.change(keep("a")).undoable == 1


UNREADABLE = {
    "truncated": '{"schema": 1, "territory": "port-anc',
    "empty": "",
    "a list": "[]",
    "without schema": '{"territory": "port-ancelle", "territory_name": "Port-Ancelle"}',
    "schema true": json.dumps(content(schema=True)),
    "an unknown part": json.dumps(content(needs=[])),
    "a finding without figures": json.dumps(content(observation={"kept": [{"indicator": "pauvrete"}]})),
    "a number that is none": '{"schema": 1, "territory": NaN, "territory_name": "Port-Ancelle"}',
    "a key twice": '{"schema": 1, "territory": "a", "territory": "port-ancelle", "territory_name": "P"}',
    "too deep": "[" * 100_000,
    "too big": '{"schema": 1, "x": "' + "x" * LARGEST_FILE + '"}',
}


@pytest.mark.parametrize("text", UNREADABLE.values(), ids=UNREADABLE.keys())
def test_an_unreadable_file_is_said_and_left_as_it_is_until_a_change_keeps_it_aside(file, text):
    written(file, text)
    with pytest.raises(DossierError, match=r"port-ancelle\.json.* ne peut pas être lu"):
        file.read()
    shown = file.read_for_display()
    assert shown.dossier.observation.kept == ()
    assert "sous un autre nom" in shown.notice
    assert file.undo().saved_at is None
    assert file.path.read_text(encoding="utf-8") == text
    saved = file.change(keep("a"))
    aside = file.path.with_name("port-ancelle.json.1.bak")
    assert aside.read_text(encoding="utf-8") == text
    assert aside.name in saved.notice
    assert kept(file) == ["a"]


def test_a_second_unreadable_file_is_kept_under_another_name(file):
    for text in ("{", "["):
        written(file, text)
        file.change(keep("a"))
    assert [path.read_text() for path in sorted(file.path.parent.glob("*.bak"))] == ["{", "["]


def test_a_file_from_a_newer_kit_is_refused_and_kept(file):
    written(file, content(schema=record.SCHEMA + 1, needs=[]))
    before = file.path.read_bytes()
    for act in (file.read, file.read_for_display, file.undo, lambda: file.change(keep("a"))):
        with pytest.raises(DossierError, match="version plus récente"):
            act()
    assert file.path.read_bytes() == before


def test_the_dossier_of_another_territory_is_refused_and_kept(file):
    written(file, content(territory="val-d-aubrelle", territory_name="Val d’Aubrelle"))
    before = file.path.read_bytes()
    for act in (file.read, file.read_for_display, file.undo, lambda: file.change(keep("a"))):
        with pytest.raises(DossierError, match="n’a pas sa place"):
            act()
    assert file.path.read_bytes() == before


def test_the_dossier_of_another_territory_is_not_saved(file):
    with pytest.raises(DossierError, match="attendait le territoire «\u00a0port-ancelle"):
        file.save(Dossier(territory="val-d-aubrelle", territory_name="Val d’Aubrelle"))
    assert not file.path.exists()


def test_a_disk_that_refuses_is_said(file, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    file.change(keep("a"))
    with monkeypatch.context() as refused:
        refused.setattr(safe_file.os, "fsync", full)
        with pytest.raises(DossierError, match="enregistré est intact"):
            file.change(keep("b"))
    assert kept(file) == ["a"]


def test_a_file_that_cannot_be_opened_now_is_neither_set_aside_nor_replaced(file, monkeypatch):
    def refused(*_, **__):
        raise OSError(5, "Input/output error")

    file.change(keep("a"))
    before = file.path.read_bytes()
    with monkeypatch.context() as held:
        held.setattr(safe_file, "_read_bytes", refused)
        with pytest.raises(DossierError, match=r"intact\. Attendez un instant"):
            file.change(keep("b"))
    assert file.path.read_bytes() == before
    assert not list(file.path.parent.glob("*.bak"))


def test_a_page_that_never_finishes_is_said(file, monkeypatch):
    monkeypatch.setattr(storage, "_LOCK_SECONDS", 0.1)
    file.path.parent.mkdir()
    with FileLock(file.path.with_name(".port-ancelle.json.lock")):
        with pytest.raises(DossierError, match="une autre page"):
            file.change(keep("a"))


def keep_many(path, name):
    for n in range(20):
        DossierFile(path, "port-ancelle").change(keep(f"{name}{n}"))


@pytest.mark.parametrize("worker", [threading.Thread, multiprocessing.get_context("spawn").Process])
def test_two_pages_keeping_different_findings_lose_nothing(file, worker):
    pages = [worker(target=keep_many, args=(file.path, name)) for name in "ab"]
    for page in pages:
        page.start()
    for page in pages:
        page.join(60)
    assert sorted(kept(file)) == sorted(f"{name}{n}" for name in "ab" for n in range(20))


def change_for_ever(path):
    file, n = DossierFile(path, "port-ancelle"), 0
    while True:
        n += 1
        file.change(lambda dossier, n=n: dossier.write(make_finding("b").id, f"{n} " * 300))


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork: thirty starts of Python would be slow")
def test_a_kill_in_the_middle_of_a_save_never_leaves_an_unreadable_file(file):
    file.change(keep("a", "b"))
    file.change(lambda dossier: dossier.write(make_finding("a").id, "précieux"))
    for kill in range(30):
        process = multiprocessing.get_context("fork").Process(target=change_for_ever, args=(file.path,))
        before = file.path.stat().st_mtime_ns
        process.start()
        deadline = time.monotonic() + 20
        while file.path.stat().st_mtime_ns == before and time.monotonic() < deadline:
            time.sleep(0.001)
        time.sleep(kill * 0.0007)  # a different moment of the next save each time
        process.kill()
        process.join()
        assert file.path.stat().st_mtime_ns != before
        assert file.read().find(make_finding("a").id).words == "précieux"
    assert file.undo().saved_at is not None
    assert not list(file.path.parent.glob("*.bak"))


INDICATORS = st.sampled_from(["a", "b", "c"])
ACTS = st.one_of(
    st.tuples(st.just("keep"), INDICATORS, st.floats(0, 100)),
    st.tuples(st.just("drop"), INDICATORS, st.none()),
    st.tuples(st.just("write"), INDICATORS, st.text(max_size=20)),
    st.tuples(st.just("move"), INDICATORS, st.integers(-2, 2)),
    st.tuples(st.just("undo"), st.none(), st.none()),
)


def done(dossier, act, indicator, value):
    finding = make_finding(indicator, value=value if act == "keep" else None)
    if act == "keep":
        return dossier.keep(finding)
    if act == "drop" or not dossier.find(finding.id):
        return dossier.drop(finding.id)
    return dossier.write(finding.id, value) if act == "write" else dossier.move(finding.id, value)


@settings(deadline=None, max_examples=40)
@given(acts=st.lists(ACTS, max_size=15))
def test_whatever_is_done_undoing_goes_back_by_the_same_way_to_the_start(tmp_path_factory, acts):
    file = DossierFile(tmp_path_factory.mktemp("espace") / "dossier.json", "port-ancelle")
    states = [file.read()]
    for act, indicator, value in acts:
        if act == "undo":
            file.undo()
            states = states[:-1] or states
        else:
            new = file.change(lambda dossier, do=(act, indicator, value): done(dossier, *do)).dossier
            states += [new] if new != states[-1] else []
        assert again(file).read() == states[-1]
    while len(states) > 1:
        states.pop()
        assert again(file).undo().dossier == states[-1]
    assert file.read_for_display().undoable == 0
