"""The meaning of every problem's code, for `mpr check --explain` and docs/checks.md.

A rule is explained by its docstring; problems found while files are read or written have a sentence here.
"""

import inspect
from dataclasses import dataclass

from mpr.rules.runner import RULES

FILE_CODES = {
    "E101": "A file that the report needs is missing.",
    "E102": "A file cannot be read: the system refuses it.",
    "E103": "A file is larger than any file of a report can be.",
    "E104": "A file is not plain text: it is a workbook under another name, or not encoded in UTF-8.",
    "E105": "A file is empty.",
    "E106": "A line holds a character that cannot be printed.",
    "E107": "The period has no file of values. `mpr new` writes one.",
    "E108": "The period has no file of its own with its version, date and notices. `mpr new` writes one.",
    "E109": "The report's typeface does not have this letter, so it would be printed as a box.",
    "E110": "The YAML cannot be read: there is a wrong indent, a missing quotation mark or a tab.",
    "E111": "A name (`&`, `*`) stands for text elsewhere in the file. Write each text out.",
    "E112": "The YAML is nested deeper than any report needs.",
    "E113": "You set this twice in one place, and only one of them could count.",
    "E114": "The record of what an earlier report printed has been changed or damaged.",
    "E115": "The manifest of a published edition has been changed or damaged.",
    "E116": "This folder does not hold a published edition.",
    "E117": "A list or a group of settings has more items than any report needs.",
    "E120": "The file holds no settings.",
    "E121": "A required setting is missing.",
    "E122": "A setting is not known here; usually its name is misspelt.",
    "E123": "The value of a setting is of the wrong kind.",
    "E124": "`indicators` is not a list.",
    "E125": "A name or code appears twice in its list, or is reserved by the software.",
    "E126": "A name is not in the list that it must come from, such as the committees or the aims.",
    "E127": "The name of a year of targets is not one of the council's years.",
    "E128": "Settings of one indicator, or of one report, contradict each other, or need one that is missing.",
    "E129": "The council's outcomes do not fit together.",
    "E130": "The period asked for does not exist in the council's year.",
    "E131": "A rating rule makes no sense: its outcomes or distances are not in order.",
    "E132": "A target is a percentage, but the indicator is not.",
    "E133": "You asked for the report of one committee, department or aim, and it is not clear which.",
    "E134": "A table of the report has more rows than can be printed.",
    "E140": "The path of an appendix leads out of the project's folder, directly or by a link.",
    "E141": "The file of an appendix does not exist.",
    "E142": "The file of an appendix is too large to be published.",
    "E143": "The file of an appendix is not a PDF.",
    "E144": "The period that should have the next appendices is not later than this one.",
    "E145": "The edition says when the next appendices are due, but the words of the notice are missing.",
    "E147": "The file of an appendix is damaged; it was not copied or sent completely.",
    "E148": "The file of an appendix is protected by a password, so it cannot be joined to the report.",
    "E149": "The file of an appendix has no tags, which tell a screen reader headings, tables and their order.",
    "E150": "The file of an appendix has no pages.",
    "E201": "A row of the CSV file cannot be read, usually because of a quotation mark.",
    "E202": "A row has no code, or a code that no indicator has.",
    "E203": "A value is neither a number nor one of the words for a missing figure.",
    "E204": "A value is a percentage but the indicator is not, or the other way round.",
    "E205": "An indicator has two rows.",
    "E206": "The heading of a column is not known.",
    "E207": "Two columns have the same heading.",
    "E208": "The first row does not name the columns, or lacks one that is needed.",
    "E209": "A text is too long for a page.",
    "E210": "An outcome is not one of the council's.",
    "E211": "There is a reason without the outcome that it explains.",
    "E212": "A percentage is below 0 or above 100.",
    "E213": "A row has more cells than there are columns.",
    "E214": "A file of values has more rows or columns than any report needs.",
    "E215": "A figure is in the file of a period in which none of the indicator's own periods ends.",
    "E216": "You cannot divide by 0, as in a share of 0 of 0.",
    "E217": "A figure for one period is in two files.",
    "E219": "A cell must say yes or no, but says something else.",
    "E301": "A returned workbook cannot be opened, or one of its sheets is larger than any that was sent out.",
    "E302": "A file in the folder is not a workbook that `mpr new --xlsx` wrote.",
    "E303": "A sheet was sent out for another period, or by another council.",
    "E304": "A column of a sheet has lost its heading.",
    "E305": "The code of a row differs from the one that was sent out.",
    "E306": "A row was added to a sheet.",
    "E307": "A cell holds a date or a time; Excel makes one of 3/4, for example.",
    "E308": "A cell holds a formula without a result, because Excel has not saved the workbook.",
    "E309": "A cell holds a formula with an error, such as #DIV/0!.",
    "E310": "A cell holds TRUE or FALSE.",
    "E311": "Two workbooks, or two sheets, disagree about one cell.",
    "E312": "A workbook disagrees with the CSV file.",
    "E316": "The folder of returned workbooks does not exist, or has no workbooks in it.",
    "E601": "The PDF would lack a letter, a style or a picture.",
    "E602": "A file cannot be written.",
    "E603": "One of the council's own templates does not work.",
    "E604": "The file exists already and is not overwritten.",
    "E605": "Two periods cannot be compared: their lengths differ, or they are in the wrong order.",
    "E606": "This version of the edition, or a higher one, is published already.",
    "E607": "The version to publish differs from the one in the month's own file, or is not a number.",
    "E608": "A correction of a published edition does not say what it changed.",
    "E609": "Another `mpr` is writing in the project and has not finished in time.",
    "E610": "A correction must have a later date than the edition that it corrects.",
    "W110": "A file in the data folder is ignored because its name is not a period.",
    "W130": "None of the council's outcomes is off track, so the report has no exceptions.",
    "W146": "This report has no appendices, although most have, and does not say when the next are due.",
    "W151": "An appendix lacks what people need who cannot see it: its language, a title, or descriptions of pictures.",
    "W152": "An appendix holds something that the report leaves out: a field to fill in, a film or a file.",
    "W213": "A percentage is below 1; Excel may have dropped its percent sign.",
    "W214": "There is a figure for a quarter, but the indicator shows no quarters.",
    "W218": "A figure is given before its period has ended, so it is not printed.",
    "W611": "This version is published already, and its figures have changed since.",
    "W313": "Something was written beside or below the rows of a sheet, where it is not read.",
    "W314": "A sheet was added to a workbook; it is not read.",
    "W315": "A file in the folder of returned workbooks is of another kind; it is not read.",
    "W518": "You accepted a finding that `mpr check` no longer finds, or finds with other figures or words.",
    "W219": "A target that is a percentage is below 1; its percent sign may have been dropped.",
}


@dataclass(frozen=True)
class CheckDescription:
    """The meaning of a code: one sentence, and further paragraphs if there are any."""

    code: str
    sentence: str
    details: str = ""


def list_checks() -> tuple[CheckDescription, ...]:
    """Return the description of every code, in the order of the numbers."""
    rule_descriptions = (_parse_docstring(inspect.getdoc(rule) or "") for rule in RULES)
    return tuple(
        sorted(
            [*rule_descriptions, *(CheckDescription(*item) for item in FILE_CODES.items())],
            key=lambda description: description.code[1:],
        )
    )


def _parse_docstring(doc: str) -> CheckDescription:
    """Return the code, the sentence and the further paragraphs in a rule's docstring."""
    head, _, details = doc.partition("\n\n")
    code, _, sentence = " ".join(head.split()).partition(": ")
    paragraphs = (" ".join(paragraph.split()) for paragraph in details.split("\n\n") if paragraph.strip())
    return CheckDescription(code, sentence[:1].upper() + sentence[1:], "\n\n".join(paragraphs))
