"""Remarks under a size: what it takes as given of people who come and go, and of sickness in waves."""

from __future__ import annotations

from typing import Any

import pytest

from analysis.output.remarks import size_remarks
from sim.scenario.centre import CentreScenario

EXPERIENCED, MEAN_SICKNESS = "are sized as experienced people", "is sized at its mean"


@pytest.mark.parametrize(
    ("team", "told"),
    [
        ({}, []),
        ({"hiring": {}}, [EXPERIENCED]),
        ({"overtime": [{"from": "2027-01-04", "until": "2027-01-10", "hours": "3 h"}]}, []),
        ({"shrinkage": {"sickness": "6 %"}, "sickness_waves": {"cv": "40 %"}}, [MEAN_SICKNESS]),
    ],
)
def test_what_a_size_takes_as_given(team: dict[str, Any], told: list[str]) -> None:
    remarks = size_remarks(
        CentreScenario.model_validate(
            {
                "kind": "centre",
                "name": "Remarks",
                "start": "2027-01-04",
                "horizon": "4 weeks",
                "queues": {"calls": {"channel": "call", "arrivals": {"per_week": 900}, "handle_time": "6 min"}},
                "teams": {"advisers": {"heads": 20, **team}},
            }
        )
    )
    assert len(remarks) == len(told)
    assert all(words in remark for words, remark in zip(told, remarks, strict=True))
