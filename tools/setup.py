"""What must be in place before the first command: uv, the two environments and the pages' assets, as locked.

Uses the standard library only. Each environment is synced again only when what decides it has changed.
"""

from __future__ import annotations

import sys
from pathlib import Path

from assets import fetch_assets
from environments import environments, sync
from failures import CannotSetUp, failure_of, make_room
from uv import find_or_fetch

ROOT = Path(__file__).resolve().parent.parent
OLDEST = (3, 11)


def main() -> int:
    """Set everything up; 0, or 1 after one sentence on what is in the way."""
    try:
        check_python(sys.version_info[:3])
        outdated = [environment for environment in environments(ROOT) if not environment.is_current()]
        if outdated:
            make_room(ROOT, [environment.directory for environment in outdated])
            uv = find_or_fetch(ROOT / ".tools")
            for environment in outdated:
                sync(uv, environment)
        fetch_assets(ROOT)
    except CannotSetUp as problem:
        print(problem, file=sys.stderr)
        return 1
    except OSError as problem:
        print(failure_of(str(problem), "The set-up"), file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


def check_python(version: tuple[int, ...]) -> None:
    """Raise `CannotSetUp` where the Python that runs this is too old for the service."""
    if version < OLDEST:
        raise CannotSetUp(
            f"Python 3.11 or newer is needed, and this is {'.'.join(map(str, version))}: install a newer one "
            "beside it (TAWASUL_PYTHON=/path/to/python names one that is not on the path) and try again."
        )


if __name__ == "__main__":
    sys.exit(main())
