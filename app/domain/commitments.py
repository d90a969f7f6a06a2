"""Commitments: what the record keeps of words.

So that words can be erased and the chain still holds.
"""

import hashlib


def commitment(salt: str, words: str) -> str:
    """SHA-256 over a random salt and the words; without the salt nobody can guess them."""
    return hashlib.sha256(f"{salt}\n{words}".encode()).hexdigest()
