"""Messages that are more or other than one question: several at once, the store as a whole, sentences that teach a word."""
