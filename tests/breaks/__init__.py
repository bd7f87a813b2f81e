"""`make breaks`: breaks a real service in each way that it must survive, and measures how long it
takes to heal and who was told what."""
