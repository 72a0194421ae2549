"""Who is on assistance, with how much from which month (plan 四(四)); ledgers kept before, taken over whole (四(五)).

Never changes a decision; payments come in a later room."""
