"""The fresh second factor at an act (K36): time-based codes, each good for one use."""

from __future__ import annotations

import hmac

import pyotp

from yimen.base.access.models import UsedCode
from yimen.base.access.refusal import Refused
from yimen.base.offices.models import Account
from yimen.base.prepared import insert_if_free
from yimen.law.calendar import now

_STEP = 30
_DRIFT = 1


def _step() -> int:
    return int(now().timestamp()) // _STEP


def code_now(account: Account) -> str:
    """The code an authenticator would show now; the demo strip shows it, nothing else does."""
    if not account.second_factor:
        return ""
    return pyotp.TOTP(account.second_factor).generate_otp(_step())


def spend(account: Account, code: str) -> None:
    """Accept a code once, or refuse with a sentence at the field."""
    if not account.second_factor:
        raise Refused(
            "您的账号还没有绑定动态口令，不能作出确认决定。请联系安全管理员绑定后再办理。", "no_second_factor", 403
        )
    totp = pyotp.TOTP(account.second_factor)
    current = _step()
    for step in range(current - _DRIFT, current + _DRIFT + 1):
        if hmac.compare_digest(totp.generate_otp(step), code.strip()):
            _use(account, step)
            return
    raise Refused("动态口令不正确或已过期，请输入当前显示的 6 位数字。", "wrong_code", 422, "code")


def _use(account: Account, step: int) -> None:
    if not insert_if_free([UsedCode(account=account, step=step)]):
        raise Refused("这个动态口令已经用过一次，请等下一个口令（30 秒内更换）再提交。", "used_code", 422, "code")
