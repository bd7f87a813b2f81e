"""Quality on labelled data that lies outside the repository: `make eval DATA=folder`."""
