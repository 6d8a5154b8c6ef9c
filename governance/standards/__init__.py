"""What a good message is: findings, the rules that make them, and what mends them."""
