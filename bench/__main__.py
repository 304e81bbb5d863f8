"""python -m bench: measure the product on evaluation data, which you bring.

Exit codes: 0 done, 1 a clear error on stderr, 2 wrong usage.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from platformdirs import user_cache_path
from rich.console import Console

from bench import parts, report
from bench.data import Data
from bench.workspace import Workspace
from index.encoder import Encoder, load_encoder
from index.errors import BriefingError


def main(argv: Sequence[str] | None = None, *, encoder: Encoder | None = None) -> int:
    """Run a command line; the encoder is the bundled one unless given."""
    parser = _parser()
    arguments = parser.parse_args(argv)
    try:
        wanted = parts.chosen([name for name in arguments.only.split(",") if name], full=arguments.full)
    except parts.UnknownPart as error:
        parser.error(str(error))
    try:
        _quality(wanted, arguments, encoder or load_encoder())
    except (BriefingError, OSError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


def _quality(wanted: dict[str, parts.Part], arguments: argparse.Namespace, encoder: Encoder) -> None:
    aside = Console(stderr=True, highlight=False, markup=False, soft_wrap=True)
    data, workspace = Data(arguments.data), Workspace(arguments.cache, encoder, aside.print)
    figures = [figure for part in wanted.values() for figure in part(data, workspace)]
    report.show(figures, Console())
    if arguments.json:
        report.write_json(figures, arguments.json)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench", description="Measure the product on evaluation data.")
    commands = parser.add_subparsers(required=True, metavar="command")
    quality = commands.add_parser("quality", help="how good what it finds and says is")
    quality.add_argument("--data", type=Path, required=True, metavar="DIR", help="the folder of evaluation data")
    quality.add_argument("--only", default="", metavar="PART,…", help=f"of {', '.join([*parts.PARTS, *parts.GROUPS])}")
    quality.add_argument("--full", action="store_true", help="also the parts that take an hour the first time")
    quality.add_argument("--json", type=Path, metavar="FILE", help="write the figures there too")
    quality.add_argument(
        "--cache",
        type=Path,
        default=user_cache_path("briefing-bench"),
        metavar="DIR",
        help="where indexed articles are kept; may be deleted at any time (default: %(default)s)",
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
