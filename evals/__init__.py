"""Datasets, scorers, runner and report of the evaluation."""
