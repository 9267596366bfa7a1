"""The three templates of a unit: what its members see of its customers, who approves what, and how much money they may move."""
