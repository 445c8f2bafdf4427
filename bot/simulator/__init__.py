"""A small, strict Telegram Bot API world for tests and demos; knows nothing of the program it serves."""
