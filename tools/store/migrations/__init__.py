"""The steps by which the database grows. Plain operations, written out: a step never looks at today's models."""
