"""A channel's plan: slots, quiet hours, spacing, turns, the week. Knows times, and no database."""
