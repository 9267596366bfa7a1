"""Money of sales units: a ledger in double entry that always balances, and reservations that end exactly once."""
