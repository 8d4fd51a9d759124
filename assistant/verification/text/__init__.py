"""A text taken apart: words, quantities, denials, opposites, names; and the word lists that this needs."""
