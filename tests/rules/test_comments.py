"""Findings on comments, and comments that are left alone: real wordings, on the real figures of May 2018."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from mpr.load.editions.acceptances import AcceptedFinding
from mpr.load.scorecard import Scorecard
from mpr.measure.status import IndicatorStatus
from mpr.problem import Problem
from mpr.rules import comment_dates, comments, contradictions, disclosure, quoted_figures
from tests.rules.conftest import GetStatus

Rule = Callable[[Scorecard, IndicatorStatus], Iterator[Problem]]


def describe(rule: Rule, scorecard: Scorecard, status: IndicatorStatus, comment: str) -> str:
    """Return a rule's message on a comment, after the indicator's code; check that it names its subject and basis."""
    problems = list(rule(scorecard, replace(status, comment=comment)))
    for problem in problems:
        sentence = f"{problem.code} {problem.message}"
        assert problem.basis
        assert AcceptedFinding(0, problem.place, sentence=sentence).covers(problem)
    messages = [problem.message for problem in problems]
    assert len(messages) <= 1
    return messages[0].partition(status.indicator.code)[2].strip() if messages else ""


MISSES = "83.0% misses the target of 95%"
FALSE_CLAIMS = [
    # CP 1.4 is 83% against 95%, 4.4 18.70% against 18.70%, 5.4 1.19 against 1.10 and 3.13 0.4 against 1.81 (lower is
    # better), 1.2 74.36 against 57 to 67, 3.9 550 against 916.
    ("1.4", "The target was met.", f"says 'The target was met', but {MISSES}"),
    ("1.4", "Visits met the target this month.", f"says 'Visits met the target', but {MISSES}"),
    ("1.4", "We have achieved our monthly target.", f"says 'We have achieved our monthly target', but {MISSES}"),
    ("1.4", "Performance is on target.", f"says 'Performance is on target', but {MISSES}"),
    ("1.4", "Performance exceeded the target.", f"says 'Performance exceeded the target', but {MISSES}"),
    ("1.4", "Performance remains above target.", f"says 'Performance remains above target', but {MISSES}"),
    ("1.4", "The team is doing better than the target.", f"says 'team is doing better than the target', but {MISSES}"),
    ("1.4", "Staff left, but targets are now being met.", f"says 'targets are now being met', but {MISSES}"),
    (
        "4.4",
        "Collection missed the target.",
        "says 'Collection missed the target', but 18.70% meets the target of 18.70%",
    ),
    ("4.4", "The target was not met.", "says 'The target was not met', but 18.70% meets the target of 18.70%"),
    (
        "4.4",
        "We did not achieve the target.",
        "says 'We did not achieve the target', but 18.70% meets the target of 18.70%",
    ),
    ("4.4", "Collection is below target.", "says 'Collection is below target', but 18.70% meets the target of 18.70%"),
    ("5.4", "Sickness is below the target.", "says 'Sickness is below the target', but 1.19 misses the target of 1.10"),
    ("5.4", "The target has been met for May.", "says 'The target has been met', but 1.19 misses the target of 1.10"),
    ("3.13", "We failed to meet the target.", "says 'We failed to meet the target', but 0.4 meets the target of 1.81"),
    ("1.2", "The rate is below target.", "says 'The rate is below target', but 74.36 misses the target of 57 – 67"),
]


@pytest.mark.parametrize(("code", "comment", "said"), FALSE_CLAIMS)
def test_claim_against_the_figures_is_found(
    scorecard: Scorecard, get_status: GetStatus, code: str, comment: str, said: str
) -> None:
    assert (
        describe(contradictions.check_contradicting_comment, scorecard, get_status(code), comment).replace(
            "\u00a0", " "
        )
        == said
    )


TRUE_CLAIMS = [
    ("1.4", "This still misses target."),
    ("1.4", "The target was not met."),
    ("1.4", "Performance is below target."),
    ("1.4", "We expect that the target will be met by the end of the year."),
    ("1.4", "Work is under way to ensure the target is met."),
    ("1.4", "We aim to meet the target in July."),
    ("1.4", "Last month the target was met."),
    ("1.4", "In April the target was met."),
    ("1.4", "The target was met in April, but staff have left since."),
    ("1.4", "We are above the national target."),
    ("1.4", "Performance is above the England benchmark and target."),
    ("1.4", "It is not yet on target."),
    ("1.4", "We are far from being on target."),
    ("1.4", "Had all visits been recorded, the target would have been met."),
    ("1.4", "It is unlikely that the target is met before autumn."),
    ("1.4", "We hope the target can be achieved."),
    ("1.4", "If staffing allows, the target could be met."),
    ("1.4", "Targeted visits are being made to meet families."),
    ("1.4", "The team met with the target group."),
    ("1.4", "The target set is challenging."),
    ("1.4", "Without agency staff the target is not achieved."),
    ("4.4", "Collection achieved the target of 18.7%."),
    ("4.4", "Performance is on target."),
    ("4.4", "We met our target and missed nobody."),
    ("5.4", "Sickness is slightly above the target by 0.09 days."),
    ("5.4", "The council did not achieve its sickness absence target for May."),
    ("5.4", "The target was exceeded."),
    ("3.13", "Performance is better than the set target."),
    ("3.13", "Delays are well below target."),
    ("3.13", "We have exceeded the target."),
    ("1.2", "The rate remains above target."),
    ("2.3", "The target was met."),  # no figure to hold it against
]


@pytest.mark.parametrize(("code", "comment"), TRUE_CLAIMS)
def test_true_or_hedged_claim_is_left_alone(
    scorecard: Scorecard, get_status: GetStatus, code: str, comment: str
) -> None:
    assert not describe(contradictions.check_contradicting_comment, scorecard, get_status(code), comment)


WRONG_FIGURES = [
    ("1.4", "Performance this month is 85%.", "says 85% for May 2018, but the data say 83.0%"),
    ("1.4", "Visits are currently at 38% of those due.", "says 38% for May 2018, but the data say 83.0%"),
    ("1.4", "81.4% of visits were made in May.", "says 81.4% for May 2018, but the data say 83.0%"),
    ("1.4", "In April 84.1% of visits were made.", "says 84.1% for April 2018, but the data say 81.4%"),
    ("1.4", "We are below the target of 90.5%.", "says that the target is 90.5%, but the data say 95%"),
    ("1.4", "This is 2% below the target.", "says 2% below the target, but the data say 83.0% against 95%"),
    ("4.3", "Collection at the end of May is 18.7%.", "says 18.7% for May 2018, but the data say 18.60%"),
    ("5.4", "Sickness in May stood at 1.91 days.", "says 1.91 for May 2018, but the data say 1.19"),
    ("3.9", "In May 505 checks were done.", ""),
    ("5.5", "Customers signed up at the end of May = 38195.", "says 38,195 for May 2018, but the data say 38,159"),
]


@pytest.mark.parametrize(("code", "comment", "said"), WRONG_FIGURES)
def test_quoted_figure_that_differs_is_found(
    scorecard: Scorecard, get_status: GetStatus, code: str, comment: str, said: str
) -> None:
    assert describe(quoted_figures.check_quoted_figures, scorecard, get_status(code), comment) == said


RIGHT_FIGURES = [
    ("1.4", "Performance this month is 83%."),
    ("1.4", "In April 81% of visits were made."),
    ("1.4", "In May 2017 it was 63.4%."),
    ("1.4", "We are below the target of 95%, and last year's target was 90%."),
    ("1.4", "This is 12% below the target."),
    ("1.4", "This is 12.6% below the target."),
    ("1.4", "The national average is currently 91%."),
    ("1.4", "We are above the national target of 82.5%."),
    ("1.4", "This month is 3% better than last."),
    ("1.4", "Performance is now up by 2% on April."),
    ("1.4", "Around 40% of staff are now new."),
    ("1.4", "Of the visits not made, 60% are in one team."),
    ("1.4", "One team is at 60% this month."),
    ("1.4", "We expect 90% in June."),
    ("1.4", "There are currently 12 vacancies."),
    ("1.4", "On the 12/6/18 there were 9 visits overdue."),
    ("4.3", "Collection is 18.6% at the end of May, .1% above the target."),
    ("5.4", "Sickness is currently above target by 0.09 days."),
    ("5.5", "Currently 38,159 have signed up, a 1.62% increase."),
    ("4.10", "There are currently 131 households in temporary accommodation."),
    ("3.10", "In May 18 there were 26 children."),
]


@pytest.mark.parametrize(("code", "comment"), RIGHT_FIGURES)
def test_figure_that_agrees_or_belongs_to_something_else_is_left_alone(
    scorecard: Scorecard, get_status: GetStatus, code: str, comment: str
) -> None:
    assert not describe(quoted_figures.check_quoted_figures, scorecard, get_status(code), comment)


WRONG_MONTHS = [
    ("1.4", "April comment: staff have left.", "for May 2018 says 'April comment'"),
    ("1.4", "All is well.\n\nMarch 2018 update - visits rose.", "for May 2018 says 'March 2018 update -'"),
    ("1.4", "As at 30 April 2018 all visits were planned.", "for May 2018 says 'As at 30 April 2018'"),
    ("1.4", "As of the end of March all visits were planned.", "for May 2018 says 'of the end of March'"),
    ("1.4", "April performance was good.", "for May 2018 says 'April'"),
    ("1.4", "Performance in April was good, with 88% of visits made.", "for May 2018 says 'Performance in April'"),
]


@pytest.mark.parametrize(("code", "comment", "said"), WRONG_MONTHS)
def test_comment_on_another_month_is_found(
    scorecard: Scorecard, get_status: GetStatus, code: str, comment: str, said: str
) -> None:
    assert describe(comment_dates.check_wrong_month, scorecard, get_status(code), comment) == said


RIGHT_MONTHS = [
    ("1.4", "May comment: staff have left."),
    ("1.4", "As at 31 May 2018 all visits were planned."),
    ("1.4", "Performance was better than in April."),
    ("1.4", "Performance in April was good, and May was better."),
    ("1.4", "Performance in April was good. This month it fell."),
    ("1.4", "One centre was closed in April for repairs."),
    ("1.4", "Figures are low because of the Easter holidays in April."),
    ("1.4", "A report is due in July 2018."),
    ("1.4", "The service may see an improvement; march on."),
    ("1.4", "Reports fell since April."),
    ("1.4", "Collections were rescheduled after Easter and May Day."),
    ("4.8", "As at 30 April 2018 arrears were falling."),  # the figure shown is April's
    ("4.10", "At the end of December 2017 local performance stood at 1.54, and the rate was rising."),
]


@pytest.mark.parametrize(("code", "comment"), RIGHT_MONTHS)
def test_this_month_and_months_to_compare_with_are_left_alone(
    scorecard: Scorecard, get_status: GetStatus, code: str, comment: str
) -> None:
    assert not describe(comment_dates.check_wrong_month, scorecard, get_status(code), comment)


SMALL_NUMBERS = [
    ("3 children were not seen.", "'3 children'"),
    ("Two young people moved out of the area.", "'Two young people'"),
    ("One child was placed out of the borough.", "'One child'"),
    ("Of these, 2 of whom were under five.", "'2 of whom'"),
    ("12 people were not at home, 11 of whom had died.", "'12 people … 11 of whom'"),
    ("9 visits are overdue, with 4 of these children in placements.", "'4 of these children'"),
    ("1 family and 2 households moved.", "'1 family' and '2 households'"),
]


@pytest.mark.parametrize(("comment", "said"), SMALL_NUMBERS)
def test_small_number_of_people_is_found(scorecard: Scorecard, get_status: GetStatus, comment: str, said: str) -> None:
    assert (
        describe(disclosure.check_small_numbers, scorecard, get_status("1.4"), comment)
        == f"may identify people, as it says {said}"
    )


LARGE_NUMBERS = [
    "5 children were not seen.",
    "26 children had a conference.",
    "12 people were not at home, 3 more than before.",
    "12 people were not at home, 5 of whom had died; 20 adults moved, 12 of whom came back.",
    "There are 1,004 children.",
    "One in three children was seen.",
    "1.54 households per 1,000 households.",
    "3 households per 1,000 is the rate.",
    "Fewer than 5 children were not seen; less than 3 people fell ill.",
    "Two family support workers and one child protection officer joined.",
    "We have 3 teams and 4 vacancies.",
    "It is for each family and every 2 residents.",
    "£4 residents' permits; 2% children.",
]


@pytest.mark.parametrize("comment", LARGE_NUMBERS)
def test_larger_numbers_and_other_things_are_left_alone(
    scorecard: Scorecard, get_status: GetStatus, comment: str
) -> None:
    assert not describe(disclosure.check_small_numbers, scorecard, get_status("1.4"), comment)


@pytest.mark.parametrize(
    ("comment", "said"),
    [
        ("Visits rose* in May.", "the asterisk in 'rose*' at CP 1.4 refers to a note that is missing"),
        ("Visits rose to 83%**.", "the asterisk in '83%**' at CP 1.4 refers to a note that is missing"),
        ("Visits rose* in May.\n\n* Provisional.", ""),
        ("Visits *rose* in **May**.", ""),
        ("Three reasons:\n\n* staff\n* weather", ""),
        ("Visits rose.", ""),
    ],
)
def test_asterisk_needs_a_note_unless_it_is_markdown(
    scorecard: Scorecard, get_status: GetStatus, comment: str, said: str
) -> None:
    messages = [
        problem.message
        for problem in comments.check_missing_footnote(scorecard, replace(get_status("1.4"), comment=comment))
    ]
    assert messages == ([said] if said else [])
