"""The vector index: Chroma, embedded under the data directory or a server of its own."""
