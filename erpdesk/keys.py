"""Passwords and signatures: the only home of argon2 and cryptography.

A password is kept as an Argon2id verifier. A second Argon2id of it, with a salt of its own, gives
the AES-256-GCM key that wraps a person's Ed25519 private key: whoever has the file alone has
neither.
"""

import os
import struct
import unicodedata
from dataclasses import dataclass, field
from typing import Protocol

from erpdesk.errors import StorageError, UserError

SIGNATURE_BYTES = 64
SALT_BYTES = 16
_NONCE_BYTES = 12
_HEAD = struct.Struct(">BIBB")
_FORMAT = 1
_MEMORY_KIB_MAX = 1 << 20
_PASSES_MAX = 16
_LANES_MAX = 16


class WrongPasswordError(UserError):
    """The password is not the right one."""


class DamagedKeyError(StorageError):
    """A stored password check or key is damaged."""


@dataclass(frozen=True, slots=True)
class Cost:
    """How much work one guess of a password is."""

    memory_kib: int
    passes: int
    lanes: int

    def bearable(self) -> bool:
        """Say whether a file may ask this much of the computer."""
        return (
            8 * self.lanes <= self.memory_kib <= _MEMORY_KIB_MAX
            and 1 <= self.passes <= _PASSES_MAX
            and 1 <= self.lanes <= _LANES_MAX
        )


NORMAL = Cost(memory_kib=65536, passes=3, lanes=4)
"""About a tenth of a second on an office computer; what is taken where no cost is named."""

CHEAP = Cost(memory_kib=8, passes=1, lanes=1)
"""For tests alone: no protection at all."""


@dataclass(frozen=True, slots=True)
class WrappedKey:
    """A key pair as it is stored: the public half open, the private one under the password."""

    public_key: bytes
    wrapped: bytes
    salt: bytes


class _Private(Protocol):
    def sign(self, data: bytes, /) -> bytes: ...


class _Cipher(Protocol):
    def encrypt(self, nonce: bytes, data: bytes, associated_data: bytes, /) -> bytes: ...

    def decrypt(self, nonce: bytes, data: bytes, associated_data: bytes, /) -> bytes: ...


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A private key, unwrapped for as long as its owner is here."""

    _private: _Private = field(repr=False)

    def sign(self, message: bytes) -> bytes:
        """Return the signature, 64 bytes."""
        return self._private.sign(message)


def verifier(password: str, *, cost: Cost | None = None) -> str:
    """Return the text by which a password is known again."""
    from argon2 import PasswordHasher

    cost = cost or NORMAL
    hasher = PasswordHasher(
        time_cost=cost.passes, memory_cost=cost.memory_kib, parallelism=cost.lanes
    )
    return hasher.hash(_plain(password))


def matches(verifier: str, password: str) -> bool:
    """Say whether this is the password of the verifier.

    Raises:
        DamagedKeyError: the verifier is none.
    """
    from argon2 import PasswordHasher, extract_parameters
    from argon2.exceptions import InvalidHashError, VerificationError, VerifyMismatchError

    try:
        asked = extract_parameters(verifier)
        if not Cost(asked.memory_cost, asked.time_cost, asked.parallelism).bearable():
            raise DamagedKeyError
        return PasswordHasher().verify(verifier, _plain(password))
    except VerifyMismatchError:
        return False
    except (InvalidHashError, VerificationError) as error:
        raise DamagedKeyError from error


def new_key_pair(password: str, *, cost: Cost | None = None) -> WrappedKey:
    """Make a key pair whose private half only this password opens."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    private = Ed25519PrivateKey.generate()
    public = private.public_key().public_bytes_raw()
    return _wrapped(private.private_bytes_raw(), public, password, cost)


def rewrap(
    key: WrappedKey, password: str, new_password: str, *, cost: Cost | None = None
) -> WrappedKey:
    """Put the same key pair under another password.

    Raises:
        WrongPasswordError: the first password does not open it.
        DamagedKeyError: it is no wrapped key.
    """
    return _wrapped(_opened(key, password), key.public_key, new_password, cost)


def _wrapped(private: bytes, public: bytes, password: str, cost: Cost | None) -> WrappedKey:
    cost = cost or NORMAL
    salt = os.urandom(SALT_BYTES)
    head = _HEAD.pack(_FORMAT, cost.memory_kib, cost.passes, cost.lanes)
    nonce = os.urandom(_NONCE_BYTES)
    cipher = _cipher(password, salt, cost)
    body = cipher.encrypt(nonce, private, head + public)
    return WrappedKey(public, head + nonce + body, salt)


def unwrap(key: WrappedKey, password: str) -> SigningKey:
    """Open a private key.

    Raises:
        WrongPasswordError: this password does not open it.
        DamagedKeyError: it is no wrapped key.
    """
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return SigningKey(Ed25519PrivateKey.from_private_bytes(_opened(key, password)))


def _opened(key: WrappedKey, password: str) -> bytes:
    from cryptography.exceptions import InvalidTag

    cost = _cost_of(key)
    head, nonce, body = _parts(key.wrapped)
    try:
        return _cipher(password, key.salt, cost).decrypt(nonce, body, head + key.public_key)
    except InvalidTag as error:
        raise WrongPasswordError from error


def verify(public_key: bytes, message: bytes, signature: bytes) -> bool:
    """Say whether the owner of the public key signed exactly this message."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    if len(public_key) != 32 or len(signature) != SIGNATURE_BYTES:
        return False
    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(signature, message)
    except InvalidSignature:
        return False
    return True


def _plain(password: str) -> bytes:
    """Return the same bytes however a keyboard composes the same letters."""
    return unicodedata.normalize("NFC", password).encode()


def _cost_of(key: WrappedKey) -> Cost:
    if len(key.wrapped) < _HEAD.size + _NONCE_BYTES or len(key.salt) != SALT_BYTES:
        raise DamagedKeyError
    version, *numbers = _HEAD.unpack_from(key.wrapped)
    cost = Cost(*numbers)
    if version != _FORMAT or not cost.bearable():
        raise DamagedKeyError
    return cost


def _parts(wrapped: bytes) -> tuple[bytes, bytes, bytes]:
    after = _HEAD.size + _NONCE_BYTES
    return wrapped[: _HEAD.size], wrapped[_HEAD.size : after], wrapped[after:]


def _cipher(password: str, salt: bytes, cost: Cost) -> _Cipher:
    from argon2.low_level import Type, hash_secret_raw
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    secret = hash_secret_raw(
        _plain(password),
        salt,
        time_cost=cost.passes,
        memory_cost=cost.memory_kib,
        parallelism=cost.lanes,
        hash_len=32,
        type=Type.ID,
    )
    return AESGCM(secret)
