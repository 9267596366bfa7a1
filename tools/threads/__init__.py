"""Conversations: the record of every turn. The graph's checkpoint is a cache of this, never the other way round."""
