"""From the `Report` to files: charts as SVG, the HTML page, the PDF. No figure is looked up or computed here."""
