"""The contact-centre simulator: compiled arrays, two engines, one contact log."""
