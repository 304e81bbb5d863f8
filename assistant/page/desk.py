"""What the page works with: one library, its settings and a writer. The page's only way to the rest of assistant."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.answers import Answer, Event
from assistant.settings import Settings
from index.library import Filters, Library

if TYPE_CHECKING:
    from assistant.writers import Writer


@dataclass(frozen=True)
class Desk:
    """One library with its settings and writer; a test puts scripted events in place of the methods."""

    library: Library
    settings: Settings
    writer: "Writer"

    def ask(self, question: str, history: Sequence[tuple[str, Answer]], filters: Filters) -> Iterator[Event]:
        """The events of an answer; `history` is the conversation so far, oldest first."""
        from assistant import chat

        turns = [chat.Turn(asked, answer) for asked, answer in history]
        return chat.ask(
            self.library,
            question,
            writer=self.writer,
            history=turns,
            filters=filters,
            hold_back=self.settings.hold_back,
            caution=self.settings.caution,
        )

    def brief(self, topic: str | None, filters: Filters, words: int) -> Iterator[Event]:
        """The events of a briefing; without a topic, of all that passes the filters."""
        from assistant import briefings

        return briefings.brief(
            self.library,
            topic,
            writer=self.writer,
            filters=filters,
            words=words,
            hold_back=self.settings.hold_back,
        )

    def check(self, text: str, filters: Filters) -> Iterator[Event]:
        """The events of a check of pasted text."""
        from assistant import checking
        from assistant.writers import opinion

        return checking.check(self.library, text, filters=filters, opinion=opinion(self.settings))

    def warm_up(self) -> None:
        """Load what the first question would otherwise wait for."""
        from assistant import checking

        self.library.encoder.encode(["warm"])
        if self.library.coverage().articles:
            _ = self.library.dense
            for _event in checking.check(self.library, "A first search opens the index."):
                pass
