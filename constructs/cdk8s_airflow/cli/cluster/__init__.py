"""A release in a cluster: what the commands do there with kubectl."""
