"""How Persian writes the names of Latin letters, of which abbreviations are spelled: «ام اس», «بی‌بی‌سی»."""

ONLY_LETTERS = frozenset("اس اف ال اچ جی یو کیو آر آی تی پی دبلیو ایکس ایی".split())
"""Those that are no Persian word besides."""

LETTER_NAMES = ONLY_LETTERS | frozenset("ای بی سی دی کی ام ان او وی وای زد".split())
