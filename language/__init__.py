"""Language: what could point to a child, how easily a text is read, words that are explained or better left out."""
