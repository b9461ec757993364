"""An indicator's readings over time, and what is asked of them.

Every value handed out here is rounded as it is printed, so that whatever is rated, compared or drawn agrees with the
figure on the page.
"""

from collections.abc import Mapping
from decimal import Decimal

from mpr.measure.indicator import Indicator, Reading
from mpr.measure.period import MONTHS_IN_YEAR, Month, Period
from mpr.measure.words import rounded

Series = Mapping[Period, Reading]


def value(indicator: Indicator, series: Series, period: Period) -> Decimal | None:
    """Return a period's figure as printed, None where there is none."""
    reading = series.get(period)
    if reading is None or reading.value is None:
        return None
    month = period if isinstance(period, Month) else period.last
    return rounded(reading.value, indicator.decimals_in(month))


def latest(series: Series, upto: Month) -> Month:
    """Return the newest month with a figure up to a month, else with a word in its place, else that month."""
    months = [period for period in series if isinstance(period, Month) and period <= upto]
    figures = [month for month in months if series[month].value is not None]
    words = [month for month in months if series[month].written]
    return max(figures or words, default=upto)


def year_before(indicator: Indicator, series: Series, month: Month) -> Decimal | None:
    """Return the figure of the same month a year before, None where there is none that measures the same."""
    before = month.plus(-MONTHS_IN_YEAR)
    return value(indicator, series, before) if indicator.comparable(before, month) else None
