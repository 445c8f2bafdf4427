"""The desk: the staff's verbs, each one transaction; what a person may decide.

Stories, order and places, embargoes, pauses, columns, digests, the log, and who hears of what.
Knows storage and the news; never delivery, Telegram or a handler (tests/test_architecture.py).
Asked by handlers, delivery and the wiring.
"""
