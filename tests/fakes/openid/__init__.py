"""An identity provider that speaks OpenID Connect, for tests: the code flow with PKCE, RS256, errors included."""
