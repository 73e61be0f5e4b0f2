"""What people read, in both languages: the catalogue of texts, the reasons why a file is turned away, and how it looks on a screen."""
