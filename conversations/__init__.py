"""What is said. Pure: no clock, no network, no database, no `async`.

Input: the person's talk, what was said, and `Records` to look things up in.
Output: the new talk, one thing to say and the events that happened.
May import `models.messages`, `models.content` and `locales`.
"""
