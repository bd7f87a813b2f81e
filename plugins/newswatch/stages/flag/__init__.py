"""Find the watched topics, and put newer wordings in force."""
