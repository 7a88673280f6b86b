"""How ages, times, company and places are said: patterns over plain words, for `search/query.py`. Pure: no Django."""
