"""Sales units and their permission sandbox: members, templates, budgets, approvals, and decisions at the moment of use."""
