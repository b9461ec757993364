"""The sections' headings, in the order of the report."""

from mpr.load.definitions import Sections
from mpr.load.scorecard import Scorecard
from mpr.report.model import Heading


def heading(name: str, scorecard: Scorecard) -> Heading:
    """Return the heading of the section with this name in the settings."""
    number = list(Sections.model_fields).index(name) + 1
    settings = getattr(scorecard.settings.sections, name)
    return Heading(name, f"Section {number}", settings.title, settings.description)
