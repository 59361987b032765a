"""What we use of the sendgrid package.

Only what sends or verifies imports this module: a job that uses another transport does not load it.
"""

from __future__ import annotations

from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey
from python_http_client.client import Client
from python_http_client.exceptions import HTTPError
from sendgrid import SendGridAPIClient
from sendgrid.base_interface import region_host_dict
from sendgrid.helpers import mail
from sendgrid.helpers.eventwebhook import EventWebhook

__all__ = [
    "Client",
    "EllipticCurvePublicKey",
    "EventWebhook",
    "HTTPError",
    "SendGridAPIClient",
    "mail",
    "region_host_dict",
]
