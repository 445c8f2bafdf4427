"""What the lines of a paste are: headline, lede, headings, lists, and the frame round a story."""
