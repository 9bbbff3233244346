"""How many random cases tests try: some hundreds, or thousands by ``--hypothesis-profile=thousands``."""

from hypothesis import HealthCheck, settings

settings.register_profile(
    "hundreds", max_examples=150, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
)
settings.register_profile(
    "thousands", max_examples=5_000, deadline=None, suppress_health_check=list(HealthCheck), print_blob=True
)
settings.load_profile("hundreds")
