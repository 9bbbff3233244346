"""Satisfaction, as the engines read it."""

from sim.centre.compile import compile_centre


def satisfaction(scenario, values, **added):
    return compile_centre(scenario(values, **added)).staffed().engine.satisfaction


def test_without_it_nothing_is_rated(scenario):
    found = satisfaction(scenario, {}, emails=True)
    assert found.rated.tolist() == found.base_ppm.tolist() == found.wait_ppm_per_hour.tolist() == [0, 0]
    assert found.again_ppm.tolist() == found.transfer_ppm.tolist() == [0, 0]


def test_losses_in_parts_per_million(scenario):
    values = {
        "queues.calls.satisfaction": {
            "base": "97 %",
            "per_minute": "1 point",
            "comes_back": "10 points",
            "transfer": "6 points",
        },
        "queues.emails.satisfaction": {"base": "95 %", "per_hour": "0.5 points"},
    }
    found = satisfaction(scenario, values, emails=True, chats=True)
    assert found.rated.tolist() == [1, 1, 0]
    assert found.base_ppm.tolist() == [970_000, 950_000, 0]
    assert found.wait_ppm_per_hour.tolist() == [600_000, 5_000, 0]
    assert found.again_ppm.tolist() == [100_000, 0, 0]
    assert found.transfer_ppm.tolist() == [60_000, 0, 0]
