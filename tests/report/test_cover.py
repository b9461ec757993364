"""The cover names indicators as long as it has room for them."""

import pytest

from mpr.load.scorecard import Scorecard
from mpr.report.assemble import assemble_report
from mpr.report.sections import cover


@pytest.mark.parametrize(("off_track", "on_track", "named"), [(12, 7, (12, 7)), (11, 7, (0, 7)), (12, 6, (12, 0))])
def test_indicators_are_named_as_long_as_there_is_room(
    off_track: int, on_track: int, named: tuple[int, int], scorecard: Scorecard, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cover, "MOST_OFF_TRACK", off_track)
    monkeypatch.setattr(cover, "MOST_ON_TRACK", on_track)
    found = assemble_report(scorecard).cover
    assert (len(found.off_track), len(found.greens)) == named
    assert [each.number for each in found.counts] == [10, 2, 19]
