"""From the contact log to the decision."""
