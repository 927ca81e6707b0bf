"""The rules, places and words the assistant speaks from: data only, read through models.content."""
