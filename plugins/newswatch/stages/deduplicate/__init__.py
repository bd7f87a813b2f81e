"""Decide what is new, and which story it belongs to."""
