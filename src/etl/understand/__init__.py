"""The understand room: from the grids of a file to its tables, each with unit, form and period by all that speaks for them."""
