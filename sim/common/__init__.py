"""What the centre and the funnel simulators share: chance, calendar, distributions."""
