"""What came in: find it, keep its bytes, know whose it is."""
