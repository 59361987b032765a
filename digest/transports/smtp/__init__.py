"""SMTP: pipelined where the server offers it, one mail after the other where not."""
