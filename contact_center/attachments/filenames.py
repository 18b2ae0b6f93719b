"""Names of files as people may see and save them. Pure."""

import re
import unicodedata

MAX_STEM = 80
_RESERVED = re.compile(r'[<>:"|?*]')
_SEPARATORS = re.compile(r"[/\\]")
_EXTENSION = re.compile(r"(?:\.\w{1,8})+$")


def safe_filename(name: str | None, extension: str) -> str:
    """The last part of `name` with `extension` (no dot) in place of its own; `file` where nothing is left.

    No path, no control, direction or invisible character, none that a system reserves, no leading dot.
    """
    last = _SEPARATORS.split(unicodedata.normalize("NFC", name or ""))[-1]
    visible = "".join(_shown(sign) for sign in last)
    stem = _EXTENSION.sub("", " ".join(visible.split()))
    return f"{_RESERVED.sub('_', stem).strip(' .')[:MAX_STEM].strip(' .') or 'file'}.{extension}"


def _shown(sign: str) -> str:
    """Nothing for an invisible or directional character, a space for any white space, else the character."""
    if sign.isspace():
        return " "
    return "" if unicodedata.category(sign).startswith("C") else sign
