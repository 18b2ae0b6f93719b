"""How good understanding is, measured on labelled messages: what `tawasul nlu evaluate` prints and writes."""
