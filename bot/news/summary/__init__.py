"""The points of a story, and whether its copy supports what others propose."""
