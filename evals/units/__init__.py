"""Which messages are about sales units, and what they ask for: examples, training and judging."""
