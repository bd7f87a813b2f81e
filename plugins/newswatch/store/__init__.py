"""The only room that touches Postgres: one file a noun, SQL beside the function that maps its rows.

A view that people query lives in `sql/views/` instead.
"""
