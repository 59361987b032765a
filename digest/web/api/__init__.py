"""What programs ask over HTTP, by a token: read, push, subscribers, editions (docs/api.md)."""
