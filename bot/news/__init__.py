"""The news itself: values in, values out. No I/O, no clock, no await."""
