"""The nbgrader course of the kit: run nbgrader's commands from this folder."""

from pathlib import Path

from territ_kit.classroom.release import configure

configure(get_config(), Path(__file__).resolve().parent)  # noqa: F821 # nbgrader gives get_config
