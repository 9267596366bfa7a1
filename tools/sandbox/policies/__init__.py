"""The policies of the sandbox in Cedar, parsed once, and two ways to ask them: about one case, and about all records at once."""
