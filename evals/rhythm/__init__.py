"""Studies of the test for changed rhythms: false alarms, delays, and the table of its thresholds."""
