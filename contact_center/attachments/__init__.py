"""Files that citizens send: fetch, check, store, serve."""
