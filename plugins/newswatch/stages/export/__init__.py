"""Views of the analysts as files: for spreadsheets, notebooks, Datasette."""
