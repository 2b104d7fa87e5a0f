"""Sets sheets of paper with typst, in the fonts and colours of the pages."""
