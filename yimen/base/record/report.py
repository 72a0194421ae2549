"""What a verification found, in Chinese sentences."""

from dataclasses import asdict, dataclass, field
from typing import Any

FINDINGS_SHOWN = 50


@dataclass(frozen=True)
class Finding:
    """One thing that is not as it was written. ``seq`` is the first entry concerned, 0 if no entry is."""

    seq: int
    code: str
    sentence: str


@dataclass
class Report:
    """The outcome of a verification."""

    entries: int = 0
    seals: int = 0
    unsealed: int = 0
    against_anchor: bool = False
    findings: list[Finding] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        """Whether nothing was found."""
        return not self.findings

    @property
    def first_bad(self) -> int | None:
        """The lowest sequence number concerned."""
        return min((finding.seq for finding in self.findings if finding.seq), default=None)

    def add(self, seq: int, code: str, sentence: str) -> None:
        """Note a finding."""
        self.findings.append(Finding(seq, code, sentence))

    def to_json(self) -> dict[str, Any]:
        """The report as plain data."""
        return {**asdict(self), "ok": self.ok, "first_bad": self.first_bad}

    def to_text(self) -> str:
        """The report in Chinese, for the screen."""
        anchor = "，并与锚点核对" if self.against_anchor else "（未给锚点，末尾被整段截去时看不出来）"
        head = f"共核验留痕 {self.entries} 条、封印 {self.seals} 个，尚未封印 {self.unsealed} 条{anchor}。"
        if self.ok:
            return f"{head}\n核验通过：没有发现改动、删除或截断。"
        lines = [finding.sentence for finding in self.findings[:FINDINGS_SHOWN]]
        more = len(self.findings) - len(lines)
        if more:
            lines.append(f"另有 {more} 处，未逐一列出。")
        first = f"第一处在第 {self.first_bad} 号。" if self.first_bad else ""
        return "\n".join([head, f"核验不通过：发现 {len(self.findings)} 处问题。{first}", *lines])
