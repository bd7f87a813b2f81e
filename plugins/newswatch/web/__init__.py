"""The only room that opens sockets to the outside: politely, and only to where we may."""
