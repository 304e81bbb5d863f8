"""Errors that are meant for the user: each message names the value and the next step.

BriefingError
├── UnreadableArticle   one file, line or page could not become an article; the rest goes on
├── LibraryError        the library folder cannot be used as it is
│   └── LibraryBusy     another process owns it
├── EncoderError        the encoder is damaged, missing or not the one the library was made with
└── BadRequest          the user asked for something that does not exist, such as an unknown article id

The edges (command line, page) show the message and nothing else.
"""


class BriefingError(Exception):
    """Anything that went wrong and can be told to the user in one line."""


class UnreadableArticle(BriefingError):
    """One input could not become an article."""


class LibraryError(BriefingError):
    """The library folder cannot be used as it is."""


class LibraryBusy(LibraryError):
    """Another process owns the library folder."""


class EncoderError(BriefingError):
    """The encoder is damaged, missing, unreachable, or not the one the library was made with."""


class BadRequest(BriefingError):
    """The user asked for something that does not exist."""
