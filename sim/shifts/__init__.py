"""Shifts that people work: templates, the weeks that the rules allow, and who is to work which.

Knows nothing of queues, nor of scenario files: what is needed when comes as positions by piece of the week.
"""
