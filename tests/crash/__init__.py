"""The crash harness: the bot killed again and again on a hostile Telegram, and a judge who counts afterwards."""
