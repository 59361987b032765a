"""The one careful way to the web: bounded in time, size, redirects and reach."""
