"""Reckoning with the figures of the report: shares, sums, differences, how many times, per year."""
