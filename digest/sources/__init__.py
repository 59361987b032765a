"""Where articles come from: fetching, parsing, extraction, cleaning, dates."""
