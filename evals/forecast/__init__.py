"""Measures the forecast: skill, calibration, coverage, and whether it claims what is not there."""
