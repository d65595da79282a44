"""Diagnosis: what differs, what answers it, why, who says so; pure functions on tables."""
