"""python -m bench: measure the product on evaluation data, which you bring.

Exit codes: 0 done, 1 a clear error on stderr, 2 wrong usage.
"""

import argparse
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from platformdirs import user_cache_path
from rich.console import Console

from bench import parts, report, speed, speed_peer
from bench.data import Data
from bench.speed_footprint import MakeEncoder
from bench.workspace import Workspace
from index.encoder import Encoder, load_encoder
from index.errors import BriefingError


def main(argv: Sequence[str] | None = None, *, encoder: Encoder | None = None) -> int:
    """Run a command line; the encoder is the bundled one unless given."""
    parser = _parser()
    arguments = parser.parse_args(argv)
    make_encoder = load_encoder if encoder is None else partial(_itself, encoder)
    try:
        arguments.run(arguments, make_encoder)
    except (parts.UnknownPart, speed.UnknownSize) as error:
        parser.error(str(error))
    except (BriefingError, OSError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


def _quality(arguments: argparse.Namespace, make_encoder: MakeEncoder) -> None:
    wanted = parts.chosen(_names(arguments.only), full=arguments.full)
    data, workspace = Data(arguments.data), _workspace(arguments, make_encoder)
    figures = [figure for part in wanted.values() for figure in part(data, workspace)]
    _report(figures, arguments)


def _speed(arguments: argparse.Namespace, make_encoder: MakeEncoder) -> None:
    sizes = speed.chosen(_names(arguments.articles))
    if arguments.peer:
        speed_peer.require()  # now rather than after minutes
    data, workspace = Data(arguments.data), _workspace(arguments, make_encoder)
    before = speed.load()
    figures = speed.measure(data, workspace, make_encoder, sizes=sizes, with_peer=arguments.peer)
    _report(figures, arguments, f"{speed.processors()} processors, load {before} before and {speed.load()} after")


def _report(figures: Sequence[report.Figure], arguments: argparse.Namespace, machine: str = "") -> None:
    console = Console()
    if machine:
        console.print(machine, highlight=False)
    report.show(figures, console)
    if arguments.json:
        report.write_json(figures, arguments.json)


def _workspace(arguments: argparse.Namespace, make_encoder: MakeEncoder) -> Workspace:
    aside = Console(stderr=True, highlight=False, markup=False, soft_wrap=True)
    return Workspace(arguments.cache, make_encoder(), aside.print)


def _itself(encoder: Encoder) -> Encoder:
    return encoder


def _names(listed: str) -> list[str]:
    return [name for name in listed.split(",") if name]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench", description="Measure the product on evaluation data.")
    commands = parser.add_subparsers(required=True, metavar="command")
    quality = commands.add_parser("quality", help="how good what it finds and says is")
    quality.set_defaults(run=_quality)
    quality.add_argument("--only", default="", metavar="PART,…", help=f"of {', '.join([*parts.PARTS, *parts.GROUPS])}")
    quality.add_argument("--full", action="store_true", help="also the parts that take an hour the first time")
    quick = commands.add_parser("speed", help="how fast it is, and what memory and disk it takes")
    quick.set_defaults(run=_speed)
    quick.add_argument(
        "--articles",
        default="",
        metavar="N,…",
        help=f"of {', '.join(speed.SIZES)}; without it {speed.SMALL}, and {speed.LARGE} if it is indexed already",
    )
    quick.add_argument("--peer", action="store_true", help="beside a plain LlamaIndex pipeline (the extra bench)")
    for command in (quality, quick):
        command.add_argument("--data", type=Path, required=True, metavar="DIR", help="the folder of evaluation data")
        command.add_argument("--json", type=Path, metavar="FILE", help="write the figures there too")
        command.add_argument(
            "--cache",
            type=Path,
            default=user_cache_path("briefing-bench"),
            metavar="DIR",
            help="where indexed articles are kept; may be deleted at any time (default: %(default)s)",
        )
    return parser


if __name__ == "__main__":
    sys.exit(main())
