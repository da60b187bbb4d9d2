"""How well `shkc draft` reads figures: invented paragraphs of reports, with the figures that people found in them."""
