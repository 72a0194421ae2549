"""四(三): home visits, neighbour interviews, letters, third-party assessment, democratic appraisal.

Never proposes and never decides."""
