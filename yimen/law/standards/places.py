"""Area codes of figures: names for messages, and the chain from near to far."""

from __future__ import annotations

COUNTRY = "000000"

NAMES: dict[str, str] = {
    COUNTRY: "全国",
    "220000": "吉林省",
    "220200": "吉林市",
    "220300": "四平市",
    "220302": "四平市铁西区",
    "990000": "示例省",
    "990100": "云溪市",
    "990101": "云溪市安澜区",
}


def place_name(code: str) -> str:
    """Chinese name of an area the shipped figures speak of; any other code stands for itself."""
    return NAMES.get(code, code)


def chain(code: str) -> tuple[str, ...]:
    """Area codes from a place up to the country: ``"220302001"`` begins with itself, then 220302, 220300 …"""
    steps = [code, code[:6], f"{code[:4]}00", f"{code[:2]}0000", COUNTRY]
    return tuple(dict.fromkeys(step for step in steps if len(step) >= 6))
