"""Everything anyone can see, with who may see it."""
