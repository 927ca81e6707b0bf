"""What is remembered: plain messages, content, tables and the queries on them.

`messages` and `content` import nothing of ours; anyone may import them.
Only `bot` may import the tables, the store and the database.
"""
