"""Changes that wait for people: asked for, decided step by step by whom the flow names, bound to exactly what was shown, applied once."""
