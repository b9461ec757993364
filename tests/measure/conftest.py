"""The indicator that the tests of ratings and movements rate."""

from dataclasses import replace
from decimal import Decimal

import pytest

from mpr.load.scorecard import Scorecard
from mpr.measure.indicator import Indicator
from mpr.measure.period import Month, Year
from mpr.measure.target import YearTargets


@pytest.fixture
def indicator(council_scorecard: Scorecard) -> Indicator:
    """Return LM 1.2: a percentage to maximise, one decimal, a tolerance of 5%, with a target of 95% in 2018/19."""
    reviews = next(indicator for indicator in council_scorecard.indicators if indicator.code == "LM 1.2")
    return replace(reviews, targets={Year(Month(2018, 4)): YearTargets(Decimal(95), 0)})
