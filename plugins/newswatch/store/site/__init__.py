"""What the newsroom page shows, read from the views of `analyst` and `ops` as the analyst."""
