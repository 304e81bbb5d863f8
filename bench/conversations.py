"""Questions of recorded conversations, made to stand alone as the product makes them. Knows no search."""

from assistant.questions import stand_alone
from bench.data import Record
from index import sentences


def asked(record: Record) -> str:
    """The last question of a record with `history` and `question`, as the product would ask it of a library.

    Each question takes what it lacks from the one before it, as that was asked, and from the reply to that.
    """
    before: str | None = None
    said = ""
    for turn in record["history"]:
        if turn["role"] == "user":
            before, said = stand_alone(turn["text"], before, said=said), ""
        else:
            said = _first_sentence(turn["text"])
    return stand_alone(record["question"], before, said=said)


def users_turns(record: Record) -> list[str]:
    """All that the user said, the last question included."""
    return [turn["text"] for turn in record["history"] if turn["role"] == "user"] + [record["question"]]


def _first_sentence(reply: str) -> str:
    """What the product looks at of its own last answer."""
    return next((part.quote for part in sentences.split(reply) if part.quote), "")
