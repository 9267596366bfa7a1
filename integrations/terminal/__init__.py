"""The terminal: commands, answers, tables, sources and traces as text, and the chat loop. It decides nothing and computes nothing."""
