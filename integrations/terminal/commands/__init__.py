"""Groups of commands: stage criteria, taught words, proofs, proposals. What they work with is handed to them by the composition root."""
