"""Rewards: what products a message tells of, and what they are worth.

A message goes through the room in this order:

- `writing` writes out what is left out or only drawn, `words` (with `clause`) makes tokens of it,
  `cuts` makes pieces of the tokens (`pieces`);
- `reading` hears piece by piece: `stars` (products get stars), `rises` (they go up), `past` (what
  was paid, how many there are), `owners` (whose they are, who shares); `story` is what is told,
  `talk` adds the messages it leans on;
- `asked` says what is asked; `arithmetic` works it out; `sums`, `sides` and `counts` put it into
  words, `unsaid` says what the report leaves open; `answers` chooses between them.
"""
