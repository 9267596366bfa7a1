"""What the copilot can do: one room per domain, business rules live here and nowhere else."""
