"""The judge of rich messages: what Telegram would make of one, or why not. It sends and stores nothing."""

from bot.simulator.rich.judge import check_rich

__all__ = ["check_rich"]
