"""Both sides of a chat, for a page that was loaded again."""

from collections.abc import Awaitable, Callable

from chat_service import ChatService, Person
from sample_media import png

from contact_center.chat.history import LIMIT

Begin = Callable[[], Awaitable[Person]]


async def test_both_sides_in_the_order_they_were_said(service: ChatService, person: Begin) -> None:
    someone = await person()
    await someone.say("عندي شكوى", key="k1")
    await service.say(
        someone.conversation, "وين المكان؟", buttons=[{"title": "تخطى", "payload": "/skip"}], expects="area"
    )
    [_, question] = await someone.history()
    await someone.post("k2", json={"payload": question["buttons"][0]["payload"]})
    await someone.post("k3", json={"location": {"lat": 26.1, "lon": 50.6}})
    await someone.post("k4", files={"file": ("حفرة.png", png(), "image/png")})
    await service.say(someone.conversation, "رد الجهة", role="agency")
    said, asked, pressed, pin, photo, reply = await someone.history()

    assert (said["role"], said["text"], said["key"]) == ("citizen", "عندي شكوى", "k1")
    assert (asked["role"], asked["expects"]) == ("assistant", "area")
    assert pressed["button"] == {"title": "تخطى", "payload": asked["buttons"][0]["payload"]}
    assert pin["location"] == {"lat": 26.1, "lon": 50.6}
    assert (photo["media"][0]["kind"], photo["media"][0]["filename"]) == ("photo", "حفرة.png")
    assert (reply["role"], reply["text"]) == ("agency", "رد الجهة")
    assert sorted(line["at"] for line in (said, asked, reply)) == [said["at"], asked["at"], reply["at"]]


async def test_a_press_on_what_was_never_a_button_has_no_title(person: Begin) -> None:
    someone, other = await person(), await person()
    for payload in ("b999999999999999999.0", "b٣.0", "/affirm", "b1.99", "b"):
        await someone.post(json={"payload": payload})
    assert [line["button"]["title"] for line in await someone.history()] == [None] * 5
    assert await other.history() == []


async def test_a_long_history_is_its_newest_part(service: ChatService, person: Begin) -> None:
    someone = await person()
    await someone.say("أول كلام")
    for number in range(LIMIT + 5):
        await service.say(someone.conversation, str(number))
    history = await someone.history()
    assert [line["text"] for line in history] == [str(number) for number in range(5, LIMIT + 5)]
