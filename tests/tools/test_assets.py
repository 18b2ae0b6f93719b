"""What pages load that others have written: fetched by npm, laid out to be served, and only when it changed."""

from pathlib import Path

import assets
import pytest
from failures import CannotSetUp

NPM = """#!/bin/sh
[ "$3" = ci ] || exit 1
cd "$2" && while read -r file; do mkdir -p "node_modules/${file%/*}"; echo x > "node_modules/$file"; done <<FILES
{files}
FILES
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A project with a lock file, and an npm that needs no network."""
    npm = tmp_path / ".venv/bin/npm"
    npm.parent.mkdir(parents=True)
    npm.write_text(NPM.replace("{files}", "\n".join(assets._FILES)))
    npm.chmod(0o755)
    (tmp_path / assets.LOCKED).mkdir(parents=True)
    (tmp_path / assets.LOCKED / "package-lock.json").write_text("{}")
    return tmp_path


def test_they_are_fetched_once(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assets.fetch_assets(root)
    assert "done" in capsys.readouterr().out
    assert {file.name for file in (root / assets.SERVED).glob("[a-z]*")} == {Path(file).name for file in assets._FILES}
    assets.fetch_assets(root)
    assert capsys.readouterr().out == ""


def test_what_is_locked_anew_is_fetched_anew(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assets.fetch_assets(root)
    (root / assets.SERVED / "old.js").write_text("")
    (root / assets.LOCKED / "package-lock.json").write_text('{"lockfileVersion": 3}')
    assets.fetch_assets(root)
    assert "done" in capsys.readouterr().out
    assert not (root / assets.SERVED / "old.js").exists()


def test_npm_that_fails_is_told(root: Path) -> None:
    (root / ".venv/bin/npm").write_text("#!/bin/sh\necho 'getaddrinfo: Name or service not known'; exit 1\n")
    with pytest.raises(CannotSetUp, match="Fetching what the console's pages load needs the network"):
        assets.fetch_assets(root)
