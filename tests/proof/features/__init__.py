"""What a centre may do beside answering calls in order, against the chains and formulas of what it then is.

A module a feature: ``CASES`` by name, and ``study`` from a name to the scenario and the exact values of its figures.
"""
