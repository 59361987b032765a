"""What we use of the sendgrid package.

Only what sends imports this module: a job that uses another transport does not load it, nor need it.
"""

from __future__ import annotations

from digest.errors import MissingExtra

try:
    from python_http_client.client import Client
    from python_http_client.exceptions import HTTPError
    from sendgrid import SendGridAPIClient
    from sendgrid.base_interface import region_host_dict
    from sendgrid.helpers import mail
except ImportError as missing:
    raise MissingExtra('transport.kind = "sendgrid"', "sendgrid") from missing

__all__ = [
    "Client",
    "HTTPError",
    "SendGridAPIClient",
    "mail",
    "region_host_dict",
]
