"""From the `Report` to files: charts as SVG, the HTML page, the PDF. Nothing is looked up or computed here."""
