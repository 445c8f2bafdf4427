"""Times as people write and read them: calendars, holidays, typed phrases. Knows no now."""
