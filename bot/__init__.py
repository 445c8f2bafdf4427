"""Monadi, a newsroom's herald on Telegram."""
