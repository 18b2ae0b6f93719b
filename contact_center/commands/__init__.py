"""The commands of `tawasul`: one file for each command or group, with its `app`."""
