"""Tawasul's service: everything that faces the public, the staff and the database."""
