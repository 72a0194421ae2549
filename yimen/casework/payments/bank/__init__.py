"""The bank's side of a roll: templates of two persons, files that go out, answers that decide, failures put right (K4, K5).

``templates`` and ``sendable`` say what goes to which bank, ``sending`` releases a file, ``judging`` holds an answer against
what was sent, ``returning`` books it, ``reissuing`` opens the next attempt. How a file is written and read is given in by
the gateway.
"""
