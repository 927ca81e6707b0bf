"""The score sheets: which criteria a message names, which steps it tells, what a rank needs."""
