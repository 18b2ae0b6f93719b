"""What `tawasul up` is made of: process definitions, their supervision, and what happens before they start."""
