"""Questions that an engine answers instead of a count: where a customer stands, what would happen if, what to say next, what a quarter brings."""
