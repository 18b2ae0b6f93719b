"""What was sent with a message that is about a filed case."""

from actions.turn import Turn


def words_of(turn: Turn) -> str:
    """What was typed, and where a shared place is: degrees, WGS 84."""
    pin = turn.metadata.get("location")
    place = f"{pin['lat']:.6f}, {pin['lon']:.6f}" if pin else ""
    return "\n".join(filter(None, [turn.text.strip(), place]))


def files_of(turn: Turn) -> tuple[str, ...]:
    """The ids of its files."""
    return tuple(file["id"] for file in turn.metadata.get("attachments") or ())
