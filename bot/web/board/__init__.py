"""The week board over HTTP: a page on which a channel admin drags posts, in Telegram and in a browser.

`door` says who asks, `page` draws what `sheet` names, `routes` joins them; what may be dropped where is the
desk's, and all words come from the handlers. Knows neither now; `bot.outlets` brings them together.
"""
