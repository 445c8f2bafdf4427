"""How Persian is spelled: repairs of copy, half-spaces, the house style, and what stays untouched."""
