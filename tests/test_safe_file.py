"""A file is whole or absent, and is read whatever it holds."""

from __future__ import annotations

import pytest

from territ_kit import safe_file
from territ_kit.safe_file import TWICE, UnreadableFileError, name_aside, read_json, replace_file


def test_a_file_replaced_holds_the_new_text_and_leaves_nothing_beside_it(tmp_path):
    for text in ("ancien", "été « œ »"):
        replace_file(tmp_path / "a.json", text)
    assert (tmp_path / "a.json").read_text(encoding="utf-8") == "été « œ »"
    assert [path.name for path in tmp_path.iterdir()] == ["a.json"]


def test_a_disk_that_refuses_leaves_the_former_file_whole(tmp_path, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    replace_file(tmp_path / "a.json", "ancien")
    monkeypatch.setattr(safe_file.os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        replace_file(tmp_path / "a.json", "nouveau")
    assert (tmp_path / "a.json").read_text() == "ancien"


def test_a_key_written_twice_is_marked_and_the_mark_can_be_said(tmp_path):
    (tmp_path / "a.json").write_text('{"a": 1, "b": {"c": 1, "c": 2}}')
    assert read_json(tmp_path / "a.json", most=100) == {"a": 1, "b": {"c": TWICE}}
    assert str(TWICE) == "écrit deux fois"


def test_a_file_is_read_up_to_the_limit_and_refused_beyond(tmp_path):
    (tmp_path / "a.json").write_text('{"a": 1}')
    assert read_json(tmp_path / "a.json", most=8) == {"a": 1}
    with pytest.raises(UnreadableFileError, match="trop gros"):
        read_json(tmp_path / "a.json", most=7)


def test_the_name_aside_is_free(tmp_path):
    (tmp_path / "a.json.1.bak").symlink_to(tmp_path / "absent")
    assert name_aside(tmp_path / "a.json").name == "a.json.2.bak"
