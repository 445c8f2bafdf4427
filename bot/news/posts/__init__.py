"""What readers get: the forms of a post and of a digest, cut and measured as Telegram wants them."""
