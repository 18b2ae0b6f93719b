"""How the console shows what administrators configure."""
