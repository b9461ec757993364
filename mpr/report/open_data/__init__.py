"""The figures of a report as data, in the words and numbers of its pages."""
