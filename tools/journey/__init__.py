"""Where a customer stands: stages as independent intensities, the events that move them, and criteria in plain language."""
