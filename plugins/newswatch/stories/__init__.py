"""Which event is it about? Terms, similarity, and the roles of articles in a story."""
