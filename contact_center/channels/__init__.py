"""The citizens' channels: one file each; none knows of conversations or cases."""
