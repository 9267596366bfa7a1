"""Trains and judges which engine a message asks for, on messages written by people who have not seen the program."""
