"""The database server itself: connections, the embedded server, migrations, the dictionary."""
