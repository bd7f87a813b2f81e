"""`make breaks`: kills each process of a real service, and measures how long it takes to heal."""
