"""Reading Chinese statistical prose: numbers, units, hedges, quantities, and the forms in which words are compared."""
