"""SMTP: pipelined where the server offers it and is up to it, one command after the other where not."""
