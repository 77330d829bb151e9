"""TLS for the mock server, with a certificate authority of its own."""

import ssl
from collections.abc import Iterable
from pathlib import Path
from typing import Any


def server_context(ca_file: Path, names: Iterable[str]) -> ssl.SSLContext:
    """Return the TLS context of a server, and write the certificate of its CA to a file.

    Args:
        ca_file: The file for ``SIGNALWIRE_REST_CA_FILE``.
        names: The host names and addresses of the server.

    Raises:
        ModuleNotFoundError: The extra ``tls`` is not installed.
        OSError: The file cannot be written.
    """
    try:
        import trustme
    except ModuleNotFoundError as error:
        message = "TLS needs trustme: install signalwire-rest-mock[tls]"
        raise ModuleNotFoundError(message) from error
    authority = trustme.CA()
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    certificate: Any = authority.issue_cert(*names)
    certificate.configure_cert(context)
    authority.cert_pem.write_to_path(str(ca_file))
    return context
