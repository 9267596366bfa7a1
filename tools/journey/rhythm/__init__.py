"""Sudden changes of an account's rhythm against its own past: a sequential test with a stated rate of false alarms."""
