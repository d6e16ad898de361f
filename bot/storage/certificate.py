"""What keeps the certificate of a PostgreSQL server from being checked, in words."""

from __future__ import annotations

import ssl
from typing import Final

from asyncpg.exceptions import ClientConfigurationError

NO_ROOT: Final = (
    "Chưa đọc được chứng thư gốc (root certificate) để kiểm tra máy chủ PostgreSQL mà DATABASE_URL"
    " đòi. Hãy xin bên quản trị máy chủ tệp chứng thư gốc (.crt), rồi đặt biến PGSSLROOTCERT là"
    " đường dẫn tới tệp ấy, hoặc lưu tệp thành ~/.postgresql/root.crt."
)
NOT_ITS_OWN: Final = (
    "Máy chủ PostgreSQL không đúng với chứng thư gốc (root certificate) ở PGSSLROOTCERT hoặc"
    " ~/.postgresql/root.crt. Hãy xem tệp ấy có đúng của máy chủ này, còn hạn không; với"
    " sslmode=verify-full thì DATABASE_URL phải ghi đúng tên máy có trong chứng thư."
)


def certificate_fault(url: str, error: BaseException) -> str:
    """Say what to mend about certificates; empty when ``error`` tells of something else."""
    if isinstance(error, ssl.SSLCertVerificationError):
        return NOT_ITS_OWN
    if "sslrootcert=" in url or ("ssl=verify-" in url and _tells_of_a_file(error)):
        return NO_ROOT
    return ""


def _tells_of_a_file(error: BaseException) -> bool:
    if isinstance(error, ssl.SSLError):
        # What fails on the line is told by OpenSSL's part SSL, what is no certificate by others.
        return error.library != "SSL"
    return isinstance(error, ClientConfigurationError | FileNotFoundError | PermissionError)
