"""Starts `credtrail serve` on an empty folder, as a newcomer would, and asks whether it is well.

usage: first_start.py PROGRAM FOLDER
"""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

PATIENCE_SECONDS = 60


def free_port():
    with socket.socket() as it:
        it.bind(("127.0.0.1", 0))
        return it.getsockname()[1]


def fetch(url):
    try:
        with urllib.request.urlopen(url, timeout=5) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as answer:
        return answer.code, answer.read().decode()
    except OSError:
        return None, "no connection"


def main(program, folder):
    program = os.path.abspath(program)
    address = f"127.0.0.1:{free_port()}"
    server = subprocess.Popen(
        [program, "serve", "--with-worker", "--listen", address],
        cwd=folder,
        stdin=subprocess.DEVNULL,
    )
    try:
        until = time.monotonic() + PATIENCE_SECONDS
        while True:
            well = {path: fetch(f"http://{address}/{path}") for path in ("healthz", "readyz")}
            if all(status == 200 for status, _ in well.values()):
                print(f"up in {PATIENCE_SECONDS - (until - time.monotonic()):.1f} s: {well}")
                break
            if server.poll() is not None:
                sys.exit(f"the server ended with exit code {server.returncode}")
            if time.monotonic() > until:
                sys.exit(f"not well after {PATIENCE_SECONDS} s: {well}")
            time.sleep(0.1)
    finally:
        server.terminate()
        code = server.wait(timeout=30)
    if code not in (0, -15):
        sys.exit(f"asked to stop, the server ended with exit code {code}")


main(*sys.argv[1:])
