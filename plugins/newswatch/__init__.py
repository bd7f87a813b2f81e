"""newswatch: feeds to flagged stories in Postgres to a daily digest.

The rooms, and who may import whom, are described in docs/decisions.md and checked by import-linter.
"""
