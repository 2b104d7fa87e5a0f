"""Short public codes, read aloud and typed by hand; never a database id."""

import secrets

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Without 0 and O, 1, I and L, and U, which is taken for V."""


def new_code(length: int = 6) -> str:
    """Make a random code; six signs give 729 million, and a unique constraint says retry."""
    return "".join(secrets.choice(ALPHABET) for _ in range(length))
