"""Days: what days a message names (reading), and what falls on or between them."""
