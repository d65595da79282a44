"""The course itself: where its files are, what its modules hold, how far a person has come."""

from territ_kit.course.copies import prepare, prepare_assignment
from territ_kit.course.files import files
from territ_kit.course.modules import Module, Step, load_course
from territ_kit.course.progress import Progress

__all__ = ["Module", "Progress", "Step", "files", "load_course", "prepare", "prepare_assignment"]
