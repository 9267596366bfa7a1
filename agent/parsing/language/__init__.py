"""What the words of both languages say by themselves: tokens, numbers, dates, lengths, function words. Knows no store."""
