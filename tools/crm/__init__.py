"""The customer records and the questions that can be asked of them. Knows no agent and no surface."""
