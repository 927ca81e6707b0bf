"""Rewards: what products a message tells of (reading), and what they are worth (arithmetic)."""
