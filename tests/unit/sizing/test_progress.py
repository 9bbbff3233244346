"""Progress of a search."""

from analysis.sizing.progress import A_PERIOD, Meter


def told(periods: int) -> tuple[list[tuple[str, int, int]], Meter]:
    calls: list[tuple[str, int, int]] = []
    return calls, Meter(lambda *call: calls.append(call), periods)


def test_expects_of_the_rest_what_the_past_took() -> None:
    calls, meter = told(4)
    meter.begin("one")
    for _ in range(10):
        meter.tick()
    meter.finish_period()
    meter.begin("two")
    meter.tick()
    assert calls[0] == ("one", 1, 4 * A_PERIOD)
    assert calls[-1] == ("two", 11, 44)


def test_teams_that_are_sized_together_count_each() -> None:
    calls, meter = told(6)
    meter.begin("three teams")
    for _ in range(30):
        meter.tick()
    meter.finish_period(3)
    meter.tick()
    assert calls[-1] == ("three teams", 31, 62)


def test_never_ends_before_the_end() -> None:
    calls, meter = told(1)
    meter.begin("one")
    meter.tick()
    meter.finish_period()
    meter.begin("more", 5)
    meter.tick()
    assert calls[-1] == ("more", 2, 6)
    for _ in range(10):
        meter.tick()
    assert all(done < expected for _, done, expected in calls)
    meter.end()
    assert calls[-1] == ("more", 12, 12)


def test_silent_without_a_listener() -> None:
    meter = Meter(None, 1)
    meter.begin("one")
    meter.tick()
    meter.end()
