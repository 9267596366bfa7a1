"""Proof: cells, derivations, contributions, confidence and the citation trace. Knows no domain and no surface."""
