"""The demo: the 12th edition with its programme and delegates, and the 11th, archived.

`content_*` are tables of what is loaded; `load.py` is the only entrance.
"""
