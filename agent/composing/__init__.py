"""From results to words: numbers formatted for the reader, sentences from templates with slots bound to cells."""
