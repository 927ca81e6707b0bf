"""Measurements, side by side in one run: `python -m benchmarks.turn`, `python -m benchmarks.start`.

Absolute rates do not travel between machines; ratios do.
"""
