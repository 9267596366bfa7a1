"""The installation's Ed25519 key: made on first use, kept private, and the only thing that a reader has to trust."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterable, Mapping
from hashlib import sha256
from pathlib import Path
from typing import ClassVar

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)

from tools.store.errors import PlumbError

KEY_FILE = "signing-key.pem"
_CONTEXT = b"plumbline.citation-trace/1\n"

TrustedKeys = Mapping[str, Ed25519PublicKey]


class SigningKeyUnreadable(PlumbError):
    """A key file holds no Ed25519 key in PEM form. Data: ``path``."""

    key: ClassVar[str] = "trace_key_unreadable"


class InstallationKey:
    """The private key of this installation, in memory."""

    def __init__(self, private: Ed25519PrivateKey) -> None:
        self._private = private
        self.public = private.public_key()
        self.id = key_id(self.public)

    @classmethod
    def open(cls, data_dir: Path) -> InstallationKey:
        """The key of a data directory; made there with mode 0600 on first use, once, whoever comes first."""
        path = data_dir / KEY_FILE
        if not path.exists():
            data_dir.mkdir(parents=True, exist_ok=True)
            _create(path)
        try:
            private = load_pem_private_key(path.read_bytes(), password=None)
        except (ValueError, TypeError) as error:
            raise SigningKeyUnreadable(path=str(path)) from error
        if not isinstance(private, Ed25519PrivateKey):
            raise SigningKeyUnreadable(path=str(path))
        return cls(private)

    def sign(self, trace_id: str) -> str:
        """Signature over a trace's id as hexadecimal text."""
        return self._private.sign(_CONTEXT + trace_id.encode("ascii")).hex()

    def public_pem(self) -> str:
        """The public key to hand to readers who want to verify elsewhere."""
        return self.public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode("ascii")

    def trusted(self) -> TrustedKeys:
        """Trust in this installation alone."""
        return trust([self.public])


def key_id(public: Ed25519PublicKey) -> str:
    """First 16 hexadecimal digits of the SHA-256 of the raw public key."""
    return sha256(public.public_bytes(Encoding.Raw, PublicFormat.Raw)).hexdigest()[:16]


def trust(keys: Iterable[Ed25519PublicKey]) -> TrustedKeys:
    """The given public keys by their ids."""
    return {key_id(key): key for key in keys}


def read_public_key(path: Path) -> Ed25519PublicKey:
    """A public key that a reader keeps in a PEM file. Raises SigningKeyUnreadable."""
    try:
        public = load_pem_public_key(path.read_bytes())
    except (ValueError, OSError) as error:
        raise SigningKeyUnreadable(path=str(path)) from error
    if not isinstance(public, Ed25519PublicKey):
        raise SigningKeyUnreadable(path=str(path))
    return public


def is_signed_by(public: Ed25519PublicKey, trace_id: str, signature: str) -> bool:
    """Whether ``signature`` (hexadecimal) over ``trace_id`` was made with the private half of ``public``."""
    try:
        public.verify(bytes.fromhex(signature), _CONTEXT + trace_id.encode("ascii"))
    except (InvalidSignature, ValueError):
        return False
    return True


def _create(path: Path) -> None:
    """Write a new key beside ``path`` and link it into place, which fails when another process was first."""
    pem = Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(pem)
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(draft, path)
        except FileExistsError:
            return
    finally:
        draft.unlink()
