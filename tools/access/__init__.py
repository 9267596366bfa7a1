"""Who asks and what they may see; the protocols by which decisions and row scopes are asked for."""
