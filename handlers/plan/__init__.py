"""When it goes out: scheduling, the queue and its boards, week and month, pauses, columns, digests.

`COMMANDS`, `PRESSES` and `ANSWERS` are this room's table; `handlers` joins it with the others'.
Knows the desk, and of the other rooms `story` and `posts`.
"""
