"""An answer while it is being told, and the conversation it belongs to. One conversation a browser session."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from assistant.answers import Answer, AnswerSentence, Event, Finished, Held, Notice, Said, Searched
from index.library import Coverage

Job = Literal["ask", "brief", "check"]


@dataclass
class Telling:
    """What has been heard of one answer so far. `text` is what the user typed."""

    job: Job
    text: str
    asked: str = ""
    searched: Coverage | None = None
    sentences: list[AnswerSentence] = field(default_factory=list)
    held: list[AnswerSentence] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    answer: Answer | None = None
    error: str | None = None
    stopped: bool = False

    @property
    def running(self) -> bool:
        """Whether more is to come."""
        return self.answer is None and self.error is None and not self.stopped

    def stop(self) -> None:
        """Hear nothing more; what is over stays as it ended."""
        self.stopped = self.stopped or self.running

    def hear(self, events: Sequence[Event]) -> None:
        """Take events in; what comes after a stop is not heard."""
        for event in events if self.running else ():
            match event:
                case Searched():
                    self.asked, self.searched = event.asked, event.searched
                case Said():
                    self.sentences.append(event.sentence)
                case Held():
                    self.held.append(event.sentence)
                case Notice():
                    self.notices.append(event.text)
                case Finished():
                    self._finish(event.answer)

    def _finish(self, answer: Answer) -> None:
        self.answer, self.asked, self.searched = answer, answer.asked, answer.searched
        self.sentences, self.held = list(answer.sentences), list(answer.held)
        self.notices = list(answer.notices)


@dataclass
class Conversation:
    """The tellings of one browser session, oldest first."""

    tellings: list[Telling] = field(default_factory=list)

    def begin(self, job: Job, text: str) -> Telling:
        """A new telling at the end; one that still ran counts as stopped."""
        self.stop()
        self.tellings.append(Telling(job, text))
        return self.tellings[-1]

    def stop(self) -> None:
        """Stop the last telling, if it runs."""
        if self.tellings:
            self.tellings[-1].stop()

    def clear(self) -> None:
        """Start over."""
        self.stop()
        self.tellings.clear()

    @property
    def history(self) -> list[tuple[str, Answer]]:
        """Questions with whole answers, for understanding a follow-up."""
        return [(telling.text, telling.answer) for telling in self.tellings if telling.answer is not None]
