"""Golden wire files: what a channel sends and what we make of it, what we say and what leaves.

`pytest tests/wire --update` writes our side again (`heard`, `calls`); read the difference.
"""
