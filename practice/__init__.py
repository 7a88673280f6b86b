"""The practice model and every vocabulary as data, and the words that are explained or better left out."""
