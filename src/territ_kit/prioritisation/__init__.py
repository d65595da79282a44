"""Fourth step: what comes first, why, and whether that order holds."""
