"""What analysts work with: a published version or a frozen set as pandas tables, exact, in words, and traceable to the cell.

`etl.open("data/demo")` is the door. The only room that imports pandas itself, and only where a table is made.
"""
