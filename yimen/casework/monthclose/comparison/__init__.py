"""The monthly comparison of everybody on assistance (plan 四(六)): asked once, answered by source, looked at where something changed."""
