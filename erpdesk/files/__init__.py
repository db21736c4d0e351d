"""Tables in files: read strictly, written without live formulas."""
