"""Parsers gone wild, for the child process to survive."""

import json
import os
import socket
import sys
import time


def eat_memory(_path):
    return "x" * len(b"0" * 2**30)


def spin(_path):
    while True:
        pass


def sleep(_path):
    time.sleep(60)


def die(_path):
    os.abort()


def answer_too_much(_path):
    sys.stdout.buffer.write(b"x" * 2**20)
    os._exit(0)


def look_around(_path):
    try:
        socket.create_connection(("127.0.0.1", 9))
        network = True
    except OSError as problem:
        network = "network" not in str(problem)
    return json.dumps({"secret": "YIMEN_KEYS" in os.environ, "django": "django" in sys.modules, "network": network})
