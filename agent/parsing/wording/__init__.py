"""Says questions in the plain words that the rest of the parser reads. Knows no store."""
