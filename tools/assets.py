"""What the console's pages load that others have written: fetched by npm as locked, and laid out to be served."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

from running import run

LOCKED = Path("contact_center/console/assets")
"""`package.json`, its lock file, and `node_modules` beside them."""
SERVED = Path("contact_center/console/static/vendor")

_FONT = "@fontsource/ibm-plex-sans-arabic/files/ibm-plex-sans-arabic-{}-normal.woff2"
_FILES = (
    "htmx.org/dist/htmx.min.js",
    *(_FONT.format(f"{script}-{weight}") for script in ("arabic", "latin") for weight in (400, 600)),
)
"""In `node_modules`; each is served under its last name."""


def fetch_assets(root: Path) -> None:
    """Fetch and lay out the files, where they are not those of the lock file. Raises `CannotSetUp`."""
    stamp, wanted = root / SERVED / ".laid-out-from", _wanted(root)
    if wanted is None or (stamp.exists() and stamp.read_text() == wanted):
        return
    folder = root / LOCKED
    npm = [str(root / ".venv" / "bin" / "npm"), "--prefix", str(folder)]
    run([*npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"], "Fetching what the console's pages load")
    shutil.rmtree(root / SERVED, ignore_errors=True)
    (root / SERVED).mkdir(parents=True)
    for file in _FILES:
        shutil.copyfile(folder / "node_modules" / file, root / SERVED / Path(file).name)
    stamp.write_text(wanted)


def _wanted(root: Path) -> str | None:
    """What decides the files, hashed; None for a project without any."""
    lock = root / LOCKED / "package-lock.json"
    if not lock.exists():
        return None
    return hashlib.sha256(lock.read_bytes() + Path(__file__).read_bytes()).hexdigest()
