"""The simulated Telegram: what it answers, refuses and shows, in one process and over HTTP."""
