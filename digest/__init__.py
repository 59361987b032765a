"""The newsroom digest: a day's articles, told once, in one mail."""
