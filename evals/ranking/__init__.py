"""Trains the ranker of the embedded planner on questions that are generated from invented stores, and measures it on stores it never saw."""
