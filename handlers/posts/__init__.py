"""What is out, or may be: posts and what is done about them, reports, doubts, holds.

`COMMANDS`, `PRESSES` and `ANSWERS` are this room's table; `handlers` joins it with the others'.
Knows the desk, and no other room.
"""
