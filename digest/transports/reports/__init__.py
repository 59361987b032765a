"""What providers that we reach by SMTP report by webhook: each proved, and told in our own vocabulary."""
