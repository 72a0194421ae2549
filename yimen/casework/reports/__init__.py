"""The monthly returns (plan 三(一)6, 三(二)2, 四(六)): the official table and the township's forms, from frozen months only.

Keeps no rows of its own: every figure is counted from what was filed, and opens the households behind it."""
