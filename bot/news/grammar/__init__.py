"""What sentences are made of: words without news, verbs, clauses, amounts. Knows no article."""
