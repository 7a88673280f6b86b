"""Finding by meaning, offline: an optional extra (`requirements-semantic.txt`), switched on by HUB_MEANING.

A small sentence model turns a text into 384 numbers; texts that mean much the same lie close together. It runs here, on
the processor, and nothing leaves the server. Without the extra this package is never imported.
"""
