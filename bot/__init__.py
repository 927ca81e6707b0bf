"""How processes start, and what happens to one message: one transaction, one door out."""
