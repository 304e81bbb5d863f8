"""The models that come with the package: their files, and how they are run. Knows nothing of what they are for."""

import hashlib
import os
from importlib.resources.abc import Traversable
from typing import Any

from index.errors import EncoderError


def checked(folder: Traversable, name: str, sha256: str) -> bytes:
    """The bytes of a bundled file, once they are known to be the released ones. Raises EncoderError."""
    file = folder / name
    try:
        content = file.read_bytes()
    except OSError as error:
        reason = error.strerror or str(error)
        raise EncoderError(f"The file {file} cannot be read ({reason}). Reinstall briefing.") from error
    found = hashlib.sha256(content).hexdigest()
    if found != sha256:
        raise EncoderError(
            f"The file {file} is damaged: its sha256 is {found[:8]}…, not {sha256[:8]}…. Reinstall briefing."
        )
    return content


def session(model: bytes, threads: int | None = None) -> Any:
    """The model ready to run on `threads` processors, by default on those this process may use."""
    import onnxruntime  # type: ignore[import-untyped]

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads or _available_processors()
    options.log_severity_level = 3  # errors; its warnings are about devices that we do not ask for
    return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])


def _available_processors() -> int:
    # Where the system can tell, those this process may use, which can be fewer than the machine has.
    allowed = getattr(os, "sched_getaffinity", None)
    return len(allowed(0)) if allowed else os.cpu_count() or 2
