"""`drafter app` answers with the page; nothing is asked of a clerk but to wait."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def answer(url, process, seconds=120):
    end = time.monotonic() + seconds
    while time.monotonic() < end and process.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=5) as response:
                return response.status, response.read().decode("utf-8")
        except (urllib.error.URLError, OSError):
            time.sleep(0.5)
    return 0, ""


def test_the_command_of_the_readme_opens_the_page(tmp_path):
    port = free_port()
    environment = {**os.environ, "DRAFTER_HOME": str(tmp_path), "DRAFTER_MODEL": ""}
    command = [sys.executable, "-m", "drafter.cli", "app", "--port", str(port)]
    process = subprocess.Popen(
        command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        status, page = answer(f"http://127.0.0.1:{port}/", process)
        assert status == 200
        assert "乡镇" in page
    finally:
        process.terminate()
        process.wait(timeout=30)


def test_a_port_that_is_taken_is_said_in_one_line(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        command = [sys.executable, "-m", "drafter.cli", "app"]
        done = subprocess.run(
            [*command, "--port", str(taken.getsockname()[1])],
            env={**os.environ, "DRAFTER_HOME": str(tmp_path)},
            capture_output=True,
            text=True,
            encoding="utf-8",
        )
    assert done.returncode == 2
    assert len(done.stderr.strip().splitlines()) == 1
    assert "--port" in done.stderr
