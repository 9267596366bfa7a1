"""How likely deals are won and how much a period brings, with intervals that were checked, and whether the data carries any signal at all."""
