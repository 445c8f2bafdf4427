"""The line: calls out, mail in, notices and cards, the week's picture, the outside model.

Carries and translates; decides nothing and knows no verb of the desk.
Known to delivery, handlers and the wiring.
"""
