"""One conversation turn: plan, authorise, act, compose, verify, record. Knows no surface."""
