"""The commands of `tawasul`, one file per group."""
