"""The case: lifecycle, reference number, timeline."""
