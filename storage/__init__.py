"""The newsroom's memory: SQL and only SQL; rows in, nouns out."""

from storage.database import Db, Storage

__all__ = ["Db", "Storage"]
