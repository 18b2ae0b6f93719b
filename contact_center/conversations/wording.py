"""No reply is what was said just before, word for word."""

from collections.abc import Collection

from contact_center.notifications.sentences import sentence


def reworded(text: str, said: Collection[str], language: str, *, asks: bool) -> str:
    """The first line of a reply; introduced as a repetition where it is among what was `said` in the reply before.

    `asks`: it is the open question. Said a third time, it stands without that again.
    """
    if text not in said:
        return text
    return sentence("asked_before" if asks else "said_before", language).format(text=text)
