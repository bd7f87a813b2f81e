"""What was published: feed documents to records, and when to ask again. Pure: bytes and records in,
decisions out; `now` is always an argument."""
