"""What goes back to a unit: its own workbook with the marks, a letter of one page, and an empty form to fill in."""
