"""What Twilio posts, once its signature has been checked."""

from typing import Annotated

from fastapi import Depends, Request

from contact_center.api.dependencies import SettingsOf, WebhookBody
from contact_center.channels.registry import TWILIO_NEEDS
from contact_center.channels.twilio_parse import SIGNATURE_HEADER, is_signed, parse_form
from contact_center.errors import Forbidden, NotFound


async def signed_form(request: Request, body: WebhookBody, settings: SettingsOf) -> dict[str, str]:
    """The fields that Twilio posted. Raises `NotFound`, `Forbidden` or `Unparseable`."""
    if settings.twilio_auth_token is None or not all(getattr(settings, name) for name in TWILIO_NEEDS):
        raise NotFound("Twilio is not switched on.")
    form = parse_form(body)
    query = f"?{request.url.query}" if request.url.query else ""
    address = f"{settings.public_url}{request.url.path}{query}"  # as Twilio calls us, whatever stands in between
    token = settings.twilio_auth_token.get_secret_value()
    if not is_signed(token, address, form, request.headers.get(SIGNATURE_HEADER)):
        raise Forbidden("The signature is wrong.")
    return form


SignedForm = Annotated[dict[str, str], Depends(signed_form)]
