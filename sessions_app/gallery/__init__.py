"""An example of every letter, in every language: for people to look at, and for tests to read.

Whoever adds a LetterKind adds its example to `examples.py`: a function with the kind above it, that
takes a Scene and returns the letter as the feature itself drafts or queues it:

    @example(LetterKind.SEAT_GIVEN)
    def seat_given(scene: Scene) -> Letter:
        return seat_letters.seat_given_draft(scene.seat(), scene.edition, now=scene.now)

A kind with several faces has one function each, `@example(LetterKind.CANCELLED, "by-another")`.
Nothing of it stays in the database. `manage.py show_letters` writes them into var/letters/, and
`tests/browser/test_letters.py` takes their pictures there. A kind without an example fails
`tests/sessions_app/gallery/test_letters.py`, which reads all of them for words left in English,
placeholders, and links that lead nowhere.
"""
