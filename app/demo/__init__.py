"""Believable data for one invented account, to look around in."""
