"""From a scenario file to the log of every contact."""
