"""May this member, in this unit, call this capability for this customer, now? Facts read live, money held in the same step, the decision recorded."""
