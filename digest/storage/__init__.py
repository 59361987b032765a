"""The only SQL of the digest: articles, editions, deliveries."""
