"""HTTP for machines: webhooks, the call desk, conversations, cases, health."""
