"""The wires: a provider's payload into ours, ours into the provider's. Nothing more.

A handler never writes to the database and never decides what is said; it may import
`models.messages` of ours and nothing else.
"""
