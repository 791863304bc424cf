"""Tables for the chart of the community and its fork: key -> rule, by theme."""
