"""Proof by composing: workbooks made from known tables in thousands of dresses, and judged by what the reader makes of them."""
