"""The sections of a report and the parts that they consist of."""
