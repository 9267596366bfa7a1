"""Links the words of a question to what they mean in a store: as they stand, repaired, and guessed."""
