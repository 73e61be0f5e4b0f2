"""Explaining: from any published figure down to the cells it came from, and from a cell up to all that it feeds.

Reads nothing but a published version, so that what is explained is what was published.
"""
