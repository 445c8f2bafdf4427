"""What a story is about: names, keywords, tags, its slug and how long it takes to read."""
