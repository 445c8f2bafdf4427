"""A hostile afternoon: all that may befall a newsroom at the same time, in minutes that nobody has to wait for."""
