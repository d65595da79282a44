"""Observe: measures of health in small populations, each with its margin of uncertainty."""
