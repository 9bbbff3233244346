"""Scenario files: the models they are checked against and the way they are read."""
