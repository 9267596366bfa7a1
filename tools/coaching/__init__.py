"""What to say next: talk tracks whose every line cites its ground and which name the customer value that they serve."""
