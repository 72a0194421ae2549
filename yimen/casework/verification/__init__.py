"""四(二): check requests, results by source, declared beside verified, objections, acceptance or refusal to accept.

Never approves: no answer means 待核对 (K10)."""
