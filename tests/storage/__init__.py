"""Storage, the turn, the outbox and the jobs."""
