"""What we use of the sendgrid package; it comes with the extra `sendgrid`.

Only what sends or verifies imports this module: a newsroom that uses another transport needs no package.

Raises:
    MissingExtra: on import, where the package is not installed.
"""

from __future__ import annotations

from digest.errors import MissingExtra

try:
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey
    from python_http_client.client import Client
    from python_http_client.exceptions import HTTPError
    from sendgrid import SendGridAPIClient
    from sendgrid.base_interface import region_host_dict
    from sendgrid.helpers import mail
    from sendgrid.helpers.eventwebhook import EventWebhook
except ImportError as missing:
    raise MissingExtra("SendGrid", "sendgrid") from missing

__all__ = [
    "Client",
    "EllipticCurvePublicKey",
    "EventWebhook",
    "HTTPError",
    "SendGridAPIClient",
    "mail",
    "region_host_dict",
]
