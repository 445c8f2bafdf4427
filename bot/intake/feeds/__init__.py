"""What other newsrooms publish for machines, read: RSS 0.9 to 2.0, Atom, JSON Feed and sitemaps of news.

`reading.read` is the way in. It is a reader of our own and no XML parser: half of the feeds that exist are
not well formed, and one that wants to hurt us finds no entity to expand, no file to name and no depth to
nest to.
"""
