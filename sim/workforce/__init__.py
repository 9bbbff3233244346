"""People who are hired, trained, ramp up and leave, over months; what they work on is not known here."""
