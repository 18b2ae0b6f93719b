"""Whether to join the open case that was told of, or to file anyway."""

from actions.answers.description import take_more
from actions.asides import answer_aside, is_aside
from actions.reading import Reading
from actions.similar import FILE_ANYWAY, JOIN
from actions.turn import Turn
from actions.word_lists import has

_FEW_WORDS = 7
_A_STORY = 4
_BY_INTENT = {"affirm": JOIN, "deny": FILE_ANYWAY}


def read(reading: Reading) -> None:
    """Yes, no or words of either; a story more belongs to the description."""
    turn = reading.turn
    choice = _chosen(turn)
    if choice:
        reading.set(similar=choice)
    elif turn.interrupts:
        return
    elif is_aside(turn):
        answer_aside(reading)
    elif turn.words >= _A_STORY and turn.intent not in ("skip", "done"):
        take_more(reading)
    else:
        reading.unusable("say_similar_unclear_again" if reading.slots.get("tries") else "say_similar_unclear")


def _chosen(turn: Turn) -> str | None:
    """What a short answer says; «لا سجلها بروحها» and «لا مو نفسها» say no, whatever else is in them."""
    if turn.text and turn.words <= _FEW_WORDS:
        if has("file_anyway", turn.text):
            return FILE_ANYWAY
        if has("join", turn.text) and turn.intent != "deny" and not turn.declines:
            return JOIN
    return None if turn.interrupts else _BY_INTENT.get(turn.intent)
