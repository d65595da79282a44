"""The trainer's side of nbgrader: release, and feedback in French."""
