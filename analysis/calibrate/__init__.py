"""From a centre's own records to the parameters of a scenario."""
