"""A story and its card: paste, albums, edits, repairs, terms, decisions.

`COMMANDS`, `PRESSES` and `ANSWERS` are this room's table; `handlers` joins it with the others'.
Knows the desk, and of the other rooms only `posts`.
"""
