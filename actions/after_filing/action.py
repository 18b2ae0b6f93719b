"""action_after_filing: what is wanted of a case that is filed is done, or what is missing is asked."""

from dataclasses import replace

from actions.after_filing.care import Care
from actions.after_filing.scene import Scene
from actions.after_filing.which_case import case_meant
from actions.after_filing.wishes import WISHES
from actions.backend import database, identity_of
from actions.base import Answer, TurnAction
from actions.texts import utterance
from actions.turn import Turn
from contact_center.cases.models import Case


class AfterFiling(TurnAction):
    """Adds to a case, withdraws it, reopens it or rates its reply, for the one who filed it."""

    called = "action_after_filing"

    async def act(self, turn: Turn) -> Answer:
        """One transaction; whatever it does carries the message's id, so a repeated turn changes nothing."""
        care = Care.of(turn.slots) or Care(turn.intent)
        if care.wish == "withdraw_case" and turn.form == "case_form" and not care.reference:
            return Answer([utterance("say_this_is_not_sent_yet", turn.slots)], {"care": None})
        async with database().transaction() as session:
            scene = Scene(session, turn, await identity_of(session, turn), care)
            if care.step == "which" and care.answer == "no":
                return scene.says("say_left_as_it_is")
            case = await case_meant(scene)
            if not isinstance(case, Case):
                return case
            return await WISHES[care.wish](replace(scene, care=replace(care, reference=case.reference)), case)
