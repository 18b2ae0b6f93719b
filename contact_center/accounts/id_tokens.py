"""ID tokens of an OpenID provider: whose signature they carry, and whether they are for us and for this sign-in."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from contact_center.clock import now
from contact_center.errors import Unauthenticated

_SIGNATURES = frozenset({"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"})
"""With keys of which the provider shows only the public half: never `none`, never a shared secret."""
_SKEW = 60
"""Seconds by which the provider's clock may be off."""


@dataclass(frozen=True)
class Expected:
    """What a token has to agree with."""

    issuer: str
    client_id: str
    nonce: str
    access_token: str


def claims_of(token: str, keys: Any, metadata: Mapping[str, Any], expected: Expected) -> dict[str, Any]:
    """The token's claims. `keys`: the provider's JWK set. Raises `Unauthenticated` where the token does not hold."""
    promised = metadata.get("id_token_signing_alg_values_supported") or ["RS256"]
    wanted = {
        "iss": {"essential": True, "values": [expected.issuer, f"{expected.issuer}/"]},
        "aud": {"essential": True, "value": expected.client_id},
    }
    bound = {"nonce": expected.nonce, "client_id": expected.client_id, "access_token": expected.access_token}
    try:
        signed = jwt.decode(token, KeySet.import_key_set(keys), algorithms=_SIGNATURES & set(promised))
        claims = CodeIDToken(signed.claims, signed.header, wanted, bound)
        claims.validate(now=int(now().timestamp()), leeway=_SKEW)
    except (JoseError, ValueError, KeyError, TypeError) as error:
        raise Unauthenticated(f"The identity provider's token does not hold: {type(error).__name__}.") from error
    return dict(claims)
