"""Parts that add something to pods: configuration, keys, logs, optional features."""
