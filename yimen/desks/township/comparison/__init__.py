"""每月比对 at the township: what changed about its households, settled one by one or a kind together (plan 四(六))."""
