"""Companies to try the product with: the published example, and one whose true rates are known."""
