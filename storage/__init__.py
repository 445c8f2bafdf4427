"""The newsroom's memory: SQL and only SQL; rows in, nouns out."""
