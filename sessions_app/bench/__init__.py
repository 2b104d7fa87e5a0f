"""`make bench`: each public page beside a null view of as many bytes, in turn, in one run.

Nothing here is reachable in production: the null view stands in an URLconf that only
`sessions_app.bench.wsgi` names.
"""
