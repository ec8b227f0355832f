"""A real mail server for the tests, told by the recipient's name what to do.

Prints one JSON line when it listens ({"port", "root"}) and one per message it has read to the end, parsed by
Python's own mail parser. The local part of the recipient is the script: `later` 451 at RCPT, `gone` 550 at RCPT,
`full` 554 after the text, `cut` breaks off after the text, `slow` answers the text late, `held` answers it after
a short while, anything else is taken at once.
"""

import argparse
import asyncio
import email
import email.policy
import json
import os
import ssl
import subprocess
import tempfile

from aiosmtpd.smtp import SMTP, AuthResult

SLOW_SECONDS = 0.8
HELD_SECONDS = 0.05


def say(**event):
    print(json.dumps(event), flush=True)


class Handler:
    def __init__(self):
        self.under_way = 0
        self.most = 0

    async def handle_RCPT(self, server, session, envelope, address, options):
        script = address.split("@")[0].split("+")[0]
        if script == "later":
            return "451 4.7.1 <%s> please come back later" % address
        if script == "gone":
            return "550 5.1.1 <%s> no such person" % address
        self.under_way += 1
        self.most = max(self.most, self.under_way)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        script = envelope.rcpt_tos[0].split("@")[0].split("+")[0]
        if script == "slow":
            await asyncio.sleep(SLOW_SECONDS)
        if script == "held":
            await asyncio.sleep(HELD_SECONDS)
        self.under_way -= 1
        if script == "full":
            return "554 5.2.2 <%s> mailbox full" % envelope.rcpt_tos[0]
        self.tell(server, session, envelope)
        if script == "cut":
            server.transport.abort()
            return "250 never heard"
        return "250 OK"

    def tell(self, server, session, envelope):
        message = email.message_from_bytes(envelope.content, policy=email.policy.default)
        parts = [
            {"type": part.get_content_type(), "text": part.get_content()}
            for part in message.walk()
            if not part.is_multipart()
        ]
        to = message["To"].addresses if message["To"] else []
        say(
            sender=envelope.mail_from,
            recipients=envelope.rcpt_tos,
            headers=[[name, str(value)] for name, value in message.items()],
            to=[[address.display_name, address.addr_spec] for address in to],
            defects=[type(defect).__name__ for defect in message.defects],
            longest=max(len(line) for line in envelope.content.split(b"\r\n")),
            parts=parts,
            tls=server.transport.get_extra_info("ssl_object") is not None,
            signed_in=bool(session.authenticated),
            most=self.most,
        )


def openssl(folder, name, *options):
    key, certificate = os.path.join(folder, name + ".key"), os.path.join(folder, name + ".pem")
    command = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
    command += ["-days", "2", "-subj", "/CN=" + name, "-keyout", key, "-out", certificate, *options]
    subprocess.run(command, check=True, capture_output=True)
    return key, certificate


def certificate():
    """A context for `localhost`, and the certificate one must trust to trust it."""
    with tempfile.TemporaryDirectory() as folder:
        root_key, root = openssl(folder, "root")
        signed = ["-CA", root, "-CAkey", root_key, "-addext", "basicConstraints=critical,CA:FALSE"]
        key, server = openssl(folder, "localhost", *signed, "-addext", "subjectAltName=DNS:localhost")
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(server, key)
        with open(root, encoding="ascii") as file:
            return context, file.read()


def check(server, session, envelope, mechanism, data):
    good = data.login == b"credtrail" and data.password == b"right"
    return AuthResult(success=good, handled=False)


async def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--tls", choices=["starttls", "tls"])
    arguments.add_argument("--auth", action="store_true")
    options = arguments.parse_args()
    context, root = certificate() if options.tls else (None, None)
    settings = {"hostname": "localhost", "enable_SMTPUTF8": True}
    if options.tls == "starttls":
        settings.update(tls_context=context, require_starttls=True)
    if options.auth:
        settings.update(authenticator=check, auth_required=True, auth_require_tls=False)
    handler = Handler()
    listener = await asyncio.get_running_loop().create_server(
        lambda: SMTP(handler, **settings),
        host="127.0.0.1",
        port=0,
        ssl=context if options.tls == "tls" else None,
    )
    say(port=listener.sockets[0].getsockname()[1], root=root)
    await listener.serve_forever()


if __name__ == "__main__":
    asyncio.run(main())
