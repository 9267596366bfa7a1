"""What the things of one store may be called: its vocabulary, read from its contents, its own labels, and the ways in which people say these."""
