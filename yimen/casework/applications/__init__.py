"""四(一): application, declaration, pledge, authorisation, close-relative declaration, missing papers.

Never checks anything with other bodies and never reckons."""
