"""Stage criteria through a live model: the same typed form that the grammar gives, requested as a tool call and checked the same way."""
