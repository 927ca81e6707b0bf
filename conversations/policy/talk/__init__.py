"""Messages that lean on others, tell a story first or ask several questions."""
