"""A channel's own settings: connecting it, its slots, rhythm, zone, holidays.

`COMMANDS`, `PRESSES` and `ANSWERS` are this room's table; `handlers` joins it with the others'.
Knows the desk, and of the other rooms `plan`, `story` and `posts`.
"""
