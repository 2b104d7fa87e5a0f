"""How static files are named when they are collected: by content, so that they keep for ever."""

from whitenoise.storage import CompressedManifestStaticFilesStorage

_IMPORT = (
    r"""(?P<matched>import\s*(?P<import>[{*\w][^;"'()]*?)\s*from\s*["'](?P<url>\./[^"']+)["'];)"""
)


class HashedFiles(CompressedManifestStaticFilesStorage):
    """Also the modules that a script imports: a new board must not run with an old part.

    Django's own search for them goes through all of other people's files, too, and stumbles there
    over what only looks like an import.
    """

    patterns = (
        *CompressedManifestStaticFilesStorage.patterns,
        ("js/*.js", ((_IMPORT, 'import %(import)s from "%(url)s";'),)),
        ("vendor/qr/decode.js", ((_IMPORT, 'import %(import)s from "%(url)s";'),)),
    )
