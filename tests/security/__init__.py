"""Hostile requests, files and people; and what must never be told."""
