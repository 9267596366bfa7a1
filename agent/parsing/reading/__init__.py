"""Builds what a question may mean as a whole, under the types of the query language, from what its words are linked to."""
