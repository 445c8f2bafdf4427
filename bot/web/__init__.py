"""The web: what programs send over HTTP, and what readers and programs read there.

Routes that can be mounted, and a plain way to serve them; what becomes of a story is the desk's.
Knows storage and the desk now; never Telegram, the line or a handler (tests/test_architecture.py).
"""
