"""Keeps the demonstration busy and looks whether it stays well: no fault, no memory that only grows.

usage: soak.py PROGRAM SECONDS

Everyone who can sign in looks at their own page, strangers verify, pages are opened, several at once. The
first third warms up; from then on the resident memory may grow by a fifth at most.
"""

import json
import os
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request

AT_ONCE = 4
GROWTH_ALLOWED = 1.2
PATIENCE_SECONDS = 120


def free_port():
    with socket.socket() as it:
        it.bind(("127.0.0.1", 0))
        return it.getsockname()[1]


def ask(url, token=None, body=None):
    headers = {"Accept": "*/*"}
    if token:
        headers["Authorization"] = f"Bearer {token}"
    if body is not None:
        headers["Content-Type"] = "application/json"
        body = json.dumps(body).encode()
    try:
        with urllib.request.urlopen(urllib.request.Request(url, body, headers), timeout=30) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as answer:
        return answer.code, answer.read()


def resident_kib(process):
    with open(f"/proc/{process}/status") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmRSS:"))


def wait_until_well(site, server):
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until:
        if server.poll() is not None:
            sys.exit(f"the demonstration ended with exit code {server.returncode}")
        try:
            if ask(f"{site}/readyz")[0] == 200:
                return
        except OSError:
            time.sleep(0.1)
    sys.exit(f"the demonstration was not well after {PATIENCE_SECONDS} s")


def tokens(site, folder):
    with open(os.path.join(folder, "demo.json")) as people:
        for person in json.load(people):
            who = {"email": person["email"], "password": person["password"]}
            status, answer = ask(f"{site}/api/v1/sign-in", body=who)
            if status != 200:
                sys.exit(f"signing in as {person['role']} was answered {status}")
            yield json.loads(answer)["access_token"]


def keep_busy(site, known, until, seen, lock):
    turn = 0
    while time.monotonic() < until:
        turn += 1
        paths = [("/", None), ("/verify", None), ("/sign-in", None), (f"/api/v1/verify/{turn:032x}", None)]
        paths += [("/api/v1/me", token) for token in known]
        for path, token in paths:
            status, _ = ask(site + path, token)
            with lock:
                seen[status] = seen.get(status, 0) + 1


def main(program, seconds):
    seconds = float(seconds)
    with tempfile.TemporaryDirectory() as folder:
        address = f"127.0.0.1:{free_port()}"
        site = f"http://{address}"
        command = [os.path.abspath(program), "demo", "--listen", address, "--data-dir", folder]
        server = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
        try:
            wait_until_well(site, server)
            known = list(tokens(site, folder))
            begun = time.monotonic()
            seen, lock = {}, threading.Lock()
            busy = (site, known, begun + seconds, seen, lock)
            crowd = [threading.Thread(target=keep_busy, args=busy) for _ in range(AT_ONCE)]
            for one in crowd:
                one.start()
            time.sleep(seconds / 3)
            warm = resident_kib(server.pid)
            for one in crowd:
                one.join()
            after = resident_kib(server.pid)
        finally:
            server.terminate()
            code = server.wait(timeout=30)
        print(f"{sum(seen.values())} answers {seen}, resident memory {warm} KiB warm, {after} KiB after")
        odd = {status: count for status, count in seen.items() if status not in (200, 429)}
        if odd or code not in (0, -15):
            sys.exit(f"answers that should not be: {odd}; exit code {code}")
        if after > warm * GROWTH_ALLOWED:
            sys.exit("memory grew")


main(*sys.argv[1:])
