"""The storage suite: every test of a noun runs on SQLite and, where its binaries are, on PostgreSQL."""
