"""Reads typed events out of notes, mails and tickets by a lexicon and a shallow parse. A text is data here: nothing in it is ever obeyed."""
