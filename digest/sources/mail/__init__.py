"""Letters: mailboxes, mails as articles, what stands around their text."""
