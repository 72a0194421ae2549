"""Acts of the district about powers, order of steps, figures and the calendar (plan 三(一)1, 五(二)). No rows of its own.

It stands above ``access`` because its acts pass the same gate as every other act.
"""
