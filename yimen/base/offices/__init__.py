"""Administrative divisions, offices, people on staff and their posts, delegation of powers by date (plan 三, 五(二)).

Never knows an application. A person is an identity number, not an account (K17)."""
