"""The cover names indicators if it has room for all of them."""

import pytest

from mpr.load.scorecard import Scorecard
from mpr.report.assemble import assemble_report
from mpr.report.sections import cover


@pytest.mark.parametrize(("off_track", "on_track", "named"), [(7, 2, (7, 2)), (6, 2, (0, 2)), (7, 1, (7, 0))])
def test_cover_names_indicators_only_if_there_is_room_for_all_of_them(
    off_track: int, on_track: int, named: tuple[int, int], council_scorecard: Scorecard, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cover, "MOST_OFF_TRACK", off_track)
    monkeypatch.setattr(cover, "MOST_ON_TRACK", on_track)
    page = assemble_report(council_scorecard).cover
    assert (len(page.off_track), len(page.greens)) == named
    assert [count.number for count in page.counts] == [4, 3, 3, 1]
