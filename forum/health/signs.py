"""Under which names the worker and beat leave their signs of life in Redis; needs no Django."""

SIGN = "forum:alive:"
