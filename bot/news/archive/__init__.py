"""What the archive is asked by: words as they are indexed, what is typed, and how alike two stories are.

Values in, values out; no database. Asked by `storage.archive` (as plain strings), `bot.desk.searching`,
`bot.desk.kin` and the import.
"""
