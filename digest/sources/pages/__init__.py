"""From a page's HTML to the article alone: extraction, cleaning, pictures."""
