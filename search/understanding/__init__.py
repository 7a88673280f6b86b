"""From what a worker types to a question: words, spellings, synonyms, and filters read out of them."""
