"""Fields whose content the database never sees in clear, and the blind index that finds them again.

Stored text: ``<key id>.<algorithm id>.<base64url of nonce + ciphertext + tag>``; the associated data is
``table.column``, so a value moved to another column does not open. Every sealing takes a fresh random nonce: equal
values look different, and a search goes through :func:`blind_index`.

Settings: ``YIMEN_KEYS`` (key id -> 32 bytes), ``YIMEN_CURRENT_KEY`` (seals), ``YIMEN_CIPHER`` (``aesgcm`` by default,
or ``sm4gcm``), ``YIMEN_INDEX_KEY`` (key of the blind indexes; by default the first of ``YIMEN_KEYS``, so that adding
a key to seal with leaves every index as it is).
"""

import hmac
import json
import os
import unicodedata
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable
from functools import lru_cache
from typing import Any, NoReturn

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.core.exceptions import FieldError
from django.db import models

from yimen.base.canonical import canonical_text

_NONCE = 12
_TAG = 16
# Blanks, controls and format signs. Not "Cn" and "Co": a rare character newer than this Python may be a name.
_UNSEEN = frozenset({"Zs", "Zl", "Zp", "Cc", "Cf"})


class BrokenSeal(ValueError):
    """A sealed value does not open: wrong key, wrong column, or changed behind the program's back."""

    def __init__(self) -> None:
        super().__init__("这项加密内容无法打开：密钥不符，或内容被改动过。请联系系统管理员。")


class _Aes:
    def __init__(self, key: bytes) -> None:
        self._cipher = AESGCM(key)

    def encrypt(self, nonce: bytes, clear: bytes, place: bytes) -> bytes:
        return self._cipher.encrypt(nonce, clear, place)

    def decrypt(self, nonce: bytes, body: bytes, place: bytes) -> bytes:
        return self._cipher.decrypt(nonce, body, place)


class _Sm4:
    def __init__(self, key: bytes) -> None:
        self._key = algorithms.SM4(key)

    def encrypt(self, nonce: bytes, clear: bytes, place: bytes) -> bytes:
        writer = Cipher(self._key, modes.GCM(nonce)).encryptor()
        writer.authenticate_additional_data(place)
        return writer.update(clear) + writer.finalize() + writer.tag

    def decrypt(self, nonce: bytes, body: bytes, place: bytes) -> bytes:
        if len(body) < _TAG:
            raise InvalidTag
        reader = Cipher(self._key, modes.GCM(nonce, body[-_TAG:])).decryptor()
        reader.authenticate_additional_data(place)
        return reader.update(body[:-_TAG]) + reader.finalize()


# algorithm id -> (length of its key in bytes, cipher)
_CIPHERS: dict[str, tuple[int, Callable[[bytes], _Aes | _Sm4]]] = {"aesgcm": (32, _Aes), "sm4gcm": (16, _Sm4)}


def _derive(master: bytes, use: str, length: int) -> bytes:
    return HKDF(algorithm=hashes.SHA256(), length=length, salt=None, info=f"yimen {use}".encode()).derive(master)


@lru_cache(maxsize=16)
def _cipher(master: bytes, algorithm: str) -> _Aes | _Sm4:
    length, build = _CIPHERS[algorithm]
    return build(_derive(master, f"seal {algorithm}", length))


@lru_cache(maxsize=64)
def _index_mac(master: bytes, purpose: str) -> hmac.HMAC:
    return hmac.new(_derive(master, f"index {purpose}", 32), digestmod="sha256")


def seal(clear: str, place: str) -> str:
    """The sealed text of ``clear`` for the column ``place`` (``table.column``)."""
    key_id, algorithm, body = _sealed(clear.encode(), place)
    return f"{key_id}.{algorithm}.{urlsafe_b64encode(body).decode()}"


def unseal(stored: str, place: str) -> str:
    """The clear text of a sealed one, or :class:`BrokenSeal`."""
    try:
        key_id, algorithm, body = stored.split(".")
        return _unsealed(key_id, algorithm, urlsafe_b64decode(body), place).decode()
    except ValueError:
        raise BrokenSeal from None


def seal_bytes(clear: bytes, place: str) -> bytes:
    """The sealed form of a file's content: ``<key id>.<algorithm id>.`` and then nonce, ciphertext, tag."""
    key_id, algorithm, body = _sealed(clear, place)
    return f"{key_id}.{algorithm}.".encode() + body


def unseal_bytes(stored: bytes, place: str) -> bytes:
    """The content of a sealed file, or :class:`BrokenSeal`."""
    try:
        key_id, algorithm, body = stored.split(b".", 2)
        return _unsealed(key_id.decode(), algorithm.decode(), body, place)
    except ValueError:
        raise BrokenSeal from None


def _sealed(clear: bytes, place: str) -> tuple[str, str, bytes]:
    key_id: str = settings.YIMEN_CURRENT_KEY
    algorithm: str = getattr(settings, "YIMEN_CIPHER", "aesgcm")
    nonce = os.urandom(_NONCE)
    return (
        key_id,
        algorithm,
        nonce + _cipher(settings.YIMEN_KEYS[key_id], algorithm).encrypt(nonce, clear, place.encode()),
    )


def _unsealed(key_id: str, algorithm: str, body: bytes, place: str) -> bytes:
    try:
        return _cipher(settings.YIMEN_KEYS[key_id], algorithm).decrypt(body[:_NONCE], body[_NONCE:], place.encode())
    except (ValueError, KeyError, InvalidTag):
        # Without its cause: a trace with the stored text has no place in a log.
        raise BrokenSeal from None


def normalise(value: str) -> str:
    """Full width to half width, no blanks or invisible signs anywhere, letters upper case (the final X)."""
    if value.isascii() and value.isalnum():
        return value.upper()
    narrow = unicodedata.normalize("NFKC", value)
    return "".join(sign for sign in narrow if unicodedata.category(sign) not in _UNSEEN).upper()


def blind_index(purpose: str, value: str) -> str:
    """64 hex signs by which an equal value is found again; each ``purpose`` has its own key."""
    keys: dict[str, bytes] = settings.YIMEN_KEYS
    key_id: str = getattr(settings, "YIMEN_INDEX_KEY", "") or next(iter(keys))
    mac = _index_mac(keys[key_id], purpose).copy()
    mac.update(normalise(value).encode())
    return mac.hexdigest()


class _Sealed(models.TextField):  # type: ignore[type-arg]  # generic for the type checker only
    """What the two sealed fields share: text in the database, no comparison except with nothing."""

    def _place(self) -> str:
        return f"{self.model._meta.db_table}.{self.column}"

    def _to_text(self, value: Any) -> str:
        return str(value)

    def _from_text(self, text: str) -> Any:
        return text

    def get_prep_value(self, value: Any) -> Any:
        return value

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        return None if value is None else seal(self._to_text(value), self._place())

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> Any:
        return None if value is None else self._from_text(unseal(value, self._place()))

    def get_lookup(self, lookup_name: str) -> Any:
        return super().get_lookup("isnull") if lookup_name == "isnull" else self._refuse(lookup_name)

    def get_transform(self, lookup_name: str) -> Any:
        return self._refuse(lookup_name)

    def _refuse(self, lookup_name: str) -> NoReturn:
        raise FieldError(f"{self.name} is sealed: {lookup_name!r} cannot work on it; search by its blind index")


class SealedText(_Sealed):
    """Text sealed at rest: identity number, bank account, telephone, address, health."""


class SealedJSON(_Sealed):
    """A JSON value sealed at rest. Dates come back as text; a float is refused."""

    def to_python(self, value: Any) -> Any:
        return value

    def value_to_string(self, obj: models.Model) -> Any:
        return self.value_from_object(obj)

    def _to_text(self, value: Any) -> str:
        return canonical_text(value)

    def _from_text(self, text: str) -> Any:
        return json.loads(text)
