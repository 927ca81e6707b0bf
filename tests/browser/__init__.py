"""The whole product in a real browser: a real process, real files, both sides."""
