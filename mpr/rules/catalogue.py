"""What the code of every problem means, for `mpr check --explain` and for docs/checks.md.

A rule is explained by its docstring, whatever is noticed while files are read or written in a sentence here.
"""

import inspect
from dataclasses import dataclass

from mpr.rules.runner import RULES

FILE_CODES = {
    "E101": "A file that the report needs is missing.",
    "E102": "A file cannot be read, because the machine refuses it.",
    "E103": "A file is larger than any file of a report can be.",
    "E104": "A file is no plain text: a workbook under another name, or letters in another encoding than UTF-8.",
    "E105": "A file is empty.",
    "E106": "A line holds a character that cannot be printed.",
    "E107": "The period has no file of values. `mpr new` writes one.",
    "E108": "The period has no file of its own with version, date and notices. `mpr new` writes one.",
    "E109": "A letter is none that the report's typeface has, so it would be printed as a box.",
    "E110": "YAML that cannot be read: a wrong indent, a missing quote, a tab.",
    "E111": "A name that stands for text elsewhere in the file (`&`, `*`); each text is written out.",
    "E112": "YAML is nested deeper than anything that a report needs.",
    "E113": "A setting stands twice in one place, and only one of them could count.",
    "E114": "The record of what an earlier report printed is not as it was written.",
    "E115": "The manifest of a published edition is not as it was written.",
    "E116": "A folder holds no published edition.",
    "E117": "A list or a group of settings holds more than any report needs.",
    "E120": "The file holds no settings.",
    "E121": "A setting that must be given is missing.",
    "E122": "A setting is not known here; mostly its name is misspelt.",
    "E123": "A setting has a value of another kind than it needs.",
    "E124": "`indicators` is no list.",
    "E125": "A name or code stands twice in its list, or is taken by the software.",
    "E126": "A name is not in the list that it must be in, such as a committee or an aim.",
    "E127": "The name of a year of targets is no year of the council's.",
    "E128": "Settings of one indicator, or of one report, exclude each other.",
    "E129": "The council's outcomes do not go together.",
    "E130": "The period asked for is none of the council's year.",
    "E131": "A way of rating cannot be meant: its outcomes or distances are not in order.",
    "E132": "A target is a percentage where the indicator is none.",
    "E133": "A report of one committee, department or aim is asked for, and it is not plain of which.",
    "E134": "A table of the report has more rows than can be laid out.",
    "E140": "The file of an appendix is not in the project's folder, or a link leads out of it.",
    "E141": "The file of an appendix is not there.",
    "E142": "The file of an appendix is too large to be published.",
    "E143": "The file of an appendix is no PDF.",
    "E144": "The next appendices are said to be due in a report that is not a later one.",
    "E145": "It is said when the next appendices are due, but the notice has no words.",
    "E147": "The file of an appendix is damaged: it was not copied or sent whole.",
    "E148": "The file of an appendix is protected by a password, so that it cannot be joined to the report.",
    "E149": "The file of an appendix has no tags, by which a screen reader knows headings, tables and their order.",
    "E150": "The file of an appendix has no pages.",
    "E201": "A row of the CSV file cannot be read, mostly because of a quotation mark.",
    "E202": "A row has no code, or one that no indicator has.",
    "E203": "A value is no number and none of the words for one that is missing.",
    "E204": "A value is a percentage where the indicator is none, or the other way round.",
    "E205": "An indicator has two rows.",
    "E206": "A column has a heading that is not known.",
    "E207": "Two columns have the same heading.",
    "E208": "The first row names no columns, or not those that are needed.",
    "E209": "A text is longer than a page can hold.",
    "E210": "An outcome is none of the council's.",
    "E211": "A reason is given without the outcome that it is for.",
    "E212": "A percentage is below 0 or above 100.",
    "E213": "A row has more cells than there are columns.",
    "E214": "A file of values has more rows or columns than any report needs.",
    "E215": "A figure stands in the file of a period in which none of the indicator's own periods ends.",
    "E216": "A share is one of nothing, such as 0 of 0.",
    "E217": "A figure of one period stands in two files.",
    "E219": "A cell that says yes or no says something else.",
    "E301": "A returned workbook cannot be opened, or a sheet of it is larger than any that was sent out.",
    "E302": "A file in the folder is no workbook that `mpr new --xlsx` wrote.",
    "E303": "A sheet was sent out for another period, or by another council.",
    "E304": "A sheet has lost the heading of a column.",
    "E305": "A row of a sheet stands under another code than it was sent out with.",
    "E306": "A row was added to a sheet.",
    "E307": "A cell holds a date or a time, as where Excel made one of 3/4.",
    "E308": "A cell holds a formula without a result, as where Excel has not saved the workbook.",
    "E309": "A cell holds a formula with an error, such as #DIV/0!.",
    "E310": "A cell holds TRUE or FALSE.",
    "E311": "Two workbooks, or two sheets, say different things of one cell.",
    "E312": "A workbook says another thing than the CSV file.",
    "E316": "There is no such folder of returned workbooks, or none lies in it.",
    "E601": "The PDF would lack something: a letter, a style, a picture.",
    "E602": "A file cannot be written.",
    "E603": "A template of the council's own does not work.",
    "E604": "A file is there already, and is not written over.",
    "E605": "Two periods cannot be compared: they are of two lengths, or in the wrong order.",
    "E606": "An edition is published already under this version, or under a higher one.",
    "E607": "The version to be published is not the one that the month's own file says, or is no number.",
    "E608": "A correction of a published edition does not say what it changed.",
    "E609": "Another `mpr` is writing in the project, and has not ended in time.",
    "E610": "A correction has no later date than the edition that it corrects.",
    "W110": "A file in the data folder has a name that is no period, so it is not read.",
    "W130": "No outcome is off track, so the report has no exceptions.",
    "W146": "A report that mostly has appendices has none, and does not say when the next are due.",
    "W151": "An appendix lacks what those need who cannot see it: its language, a title, words for pictures.",
    "W152": "An appendix holds something that is left out of the report: a field to fill in, a film, a file.",
    "W213": "A percentage is below 1, as where Excel dropped its sign.",
    "W214": "A figure of a quarter is given where the indicator shows none.",
    "W218": "A figure is given before its period has ended, so it is not printed.",
    "W611": "A version is published already, and its figures have been changed since.",
    "W313": "Something was written beside or below the rows of a sheet, where it is not read.",
    "W314": "A sheet was added to a workbook; it is not read.",
    "W315": "A file in the folder of returned workbooks is of another kind; it is not read.",
    "W518": "A finding that was accepted is not found any more, or not with the same figures.",
    "W219": "A target that is a percentage is below 1, as where its sign was dropped.",
}


@dataclass(frozen=True)
class CheckDescription:
    """What a code means: the code, a sentence, and more where there is more to say."""

    code: str
    sentence: str
    details: str = ""


def list_checks() -> tuple[CheckDescription, ...]:
    """Return every code with what it means, in order."""
    rule_descriptions = (_parse_docstring(inspect.getdoc(rule) or "") for rule in RULES)
    return tuple(
        sorted(
            [*rule_descriptions, *(CheckDescription(*item) for item in FILE_CODES.items())],
            key=lambda description: description.code[1:],
        )
    )


def _parse_docstring(doc: str) -> CheckDescription:
    """Return what a rule's docstring says: its code and a sentence, then paragraphs."""
    head, _, details = doc.partition("\n\n")
    code, _, sentence = " ".join(head.split()).partition(": ")
    paragraphs = (" ".join(paragraph.split()) for paragraph in details.split("\n\n") if paragraph.strip())
    return CheckDescription(code, sentence[:1].upper() + sentence[1:], "\n\n".join(paragraphs))
