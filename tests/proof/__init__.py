"""The proof: the simulator set against exact theory and published tables, every row that it can express."""
