"""Capabilities that units call outside, such as a risk model: which there are, what leaves with a call, and how a call ends exactly once."""
