"""Intake: what is fetched from outside or handed in as a file becomes copy for the desk to read.

Fetches under guard, reads pages and files; decides nothing and stores nothing.
Knows the news and the web; never the desk, storage, Telegram or a handler (tests/test_architecture.py).
Known to handlers and the wiring.
"""
