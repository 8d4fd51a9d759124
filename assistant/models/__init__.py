"""Everything that knows a language model exists; nothing here knows what evidence is."""
