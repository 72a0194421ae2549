"""Who is on assistance, with how much from which month (plan 四(四)).

Never changes a decision; payments come in a later room."""
