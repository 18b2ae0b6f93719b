"""Programs of the assistant's own environment, where Rasa and scikit-learn are."""

from pathlib import Path

from contact_center.errors import TawasulError
from contact_center.settings import ROOT, get_settings
from contact_center.supervision.processes import assistant_environment

BOT_PYTHON = ROOT / "bot/.venv/bin/python"


class ProgramFailed(TawasulError):
    """There is no model, or the assistant's own program failed."""

    code = "program_failed"


def command(module: str, *arguments: str | Path) -> list[str]:
    """What starts a module of `bot`; run it in the project's root, with `environment()`."""
    return [str(BOT_PYTHON), "-m", module, *map(str, arguments)]


def environment() -> dict[str, str]:
    """The assistant's environment, with the project on the path."""
    return assistant_environment(get_settings(), None) | {"PYTHONPATH": str(ROOT)}


def check(returncode: int) -> None:
    """Raise `ProgramFailed` unless the program ended well; it has said why on standard error."""
    if returncode:
        raise ProgramFailed(f"The assistant's program ended with code {returncode}; its words are above.")
