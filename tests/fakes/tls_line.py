"""A line to a PostgreSQL server that speaks TLS with a certificate of its own making."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from bot.clock import SystemClock

# https://www.postgresql.org/docs/current/protocol-message-formats.html, SSLRequest
SSL_REQUEST = 8
HOST = "127.0.0.1"


@dataclass(frozen=True, kw_only=True)
class Certificate:
    """A root that signed itself, for the machine it names."""

    root: Path
    key: Path

    @property
    def context(self) -> ssl.SSLContext:
        made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        made.load_cert_chain(self.root, self.key)
        return made


def a_certificate(folder: Path, machine: str = HOST) -> Certificate:
    """Make a certificate for the address ``machine``."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, machine)])
    today = SystemClock().now()
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(today - timedelta(days=1))
        .not_valid_after(today + timedelta(days=1))
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ip_address(machine))]), critical=False
        )
        .sign(key, hashes.SHA256())
    )
    certificate = Certificate(root=folder / f"{machine}.crt", key=folder / f"{machine}.key")
    certificate.root.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    certificate.key.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return certificate


@asynccontextmanager
async def tls_line(host: str, port: int, certificate: Certificate) -> AsyncIterator[int]:
    """Open a line to ``host``:``port`` and give the port where it speaks TLS."""
    tasks: list[asyncio.Task[None] | None] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        tasks.append(asyncio.current_task())
        await reader.readexactly(SSL_REQUEST)
        writer.write(b"S")
        try:
            await writer.start_tls(certificate.context)
            there, back = await asyncio.open_connection(host, port)
        except (OSError, asyncio.CancelledError):
            return  # the caller does not trust us
        try:
            await asyncio.gather(_pump(reader, back), _pump(there, writer))
        finally:
            back.transport.abort()
            writer.transport.abort()

    server = await asyncio.start_server(serve, HOST, 0)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()
        await asyncio.gather(*filter(None, tasks), return_exceptions=True)


async def _pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while read := await reader.read(65536):
        writer.write(read)
        await writer.drain()
    writer.close()
