"""Poll the feeds that are due, and store what they announce."""
