"""Words that people taught the copilot: named conditions on one kind of record, and names for measures. Knows no sentences and no parser."""
