"""The outside world: surfaces, model endpoints, embeddings and vector stores."""
