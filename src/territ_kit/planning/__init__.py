"""Plan: what an action costs, who pays, what is missing."""
