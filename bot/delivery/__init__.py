"""The way out: what is due is claimed, sent, settled, looked for, changed and paced by who holds the lease.

Asks the desk "may it go now?" and the line to carry it; the desk never asks it anything.
Known to handlers (what a person does about a post in doubt) and the wiring. docs/delivery.md has its promise.
"""
