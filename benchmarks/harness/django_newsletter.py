"""A submission of django-newsletter, as its documentation sends one; run by a Python that has it.

    python django_newsletter.py FOLDER PORT READERS MAIL [--send]

MAIL is a folder with `mail.html` and `mail.txt`. A first call makes the database with its readers; `--send`
sends. It imports nothing of ours, for its environment holds nothing of ours.
"""

from __future__ import annotations

import sys
from pathlib import Path


def configured(folder: Path, port: int) -> None:
    """Set Django up on a SQLite file in the folder."""
    import django
    from django.conf import settings

    apps = ["admin", "auth", "contenttypes", "sessions", "sites", "messages"]
    settings.configure(
        SECRET_KEY="of the benchmark",
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": folder / "rival.db"}},
        INSTALLED_APPS=[*(f"django.contrib.{name}" for name in apps), "sorl.thumbnail", "newsletter"],
        TEMPLATES=[
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "DIRS": [folder / "templates"],
                "APP_DIRS": True,
            }
        ],
        EMAIL_HOST="127.0.0.1",
        EMAIL_PORT=port,
        SITE_ID=1,
        USE_TZ=True,
        ROOT_URLCONF="newsletter.urls",
        DEFAULT_AUTO_FIELD="django.db.models.AutoField",
        NEWSLETTER_THUMBNAIL="sorl-thumbnail",
    )
    django.setup()


def make(folder: Path, readers: int, mail: Path) -> None:
    """Make the schema, the readers and a submission that waits."""
    from django.core.management import call_command
    from newsletter.models import Message, Newsletter, Submission, Subscription

    templates = folder / "templates" / "newsletter" / "message"
    templates.mkdir(parents=True)
    for kind in ("html", "txt"):
        body = (mail / f"mail.{kind}").read_text(encoding="utf-8")
        written = f"{{% verbatim %}}{body}{{% endverbatim %}}\n{{{{ subscription.name }}}}\n"
        (templates / f"message.{kind}").write_text(written, encoding="utf-8")
    call_command("migrate", verbosity=0)
    newsletter = Newsletter.objects.create(
        title="Morning", slug="morning", email="morning@harbour.example", sender="Harbour Daily"
    )
    newsletter.site.set([1])
    Subscription.objects.bulk_create(
        Subscription(
            newsletter=newsletter,
            name_field=f"Reader {number}",
            email_field=f"reader{number}@mail.example",
            subscribed=True,
            activation_code="0" * 40,
        )
        for number in range(readers)
    )
    message = Message.objects.create(title="Ferry runs", slug="ferry", newsletter=newsletter)
    submission = Submission.from_message(message)
    submission.prepared = True
    submission.save()


def send() -> int:
    """Send what waits and return to how many."""
    from newsletter.models import Submission

    sent = sum(one.subscriptions.count() for one in Submission.objects.filter(sent=False))
    Submission.submit_queue()
    return int(sent)


def main() -> None:
    """Make, or send."""
    folder, port, readers, mail, *more = sys.argv[1:]
    configured(Path(folder), int(port))
    if more == ["--send"]:
        print(send())
    else:
        make(Path(folder), int(readers), Path(mail))


if __name__ == "__main__":
    main()
