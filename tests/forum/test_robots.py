"""/robots.txt and /favicon.ico, which machines ask for by themselves."""

import pytest
from django.contrib.staticfiles import finders
from django.test import Client


@pytest.mark.parametrize(
    "path", ["/admin/", "/*/accounts/", "/*/desk/", "/*/me/", "/*/register/", "/healthz"]
)
def test_search_engines_are_asked_to_leave_out(client: Client, path: str) -> None:
    answer = client.get("/robots.txt")
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/plain; charset=utf-8")
    assert f"Disallow: {path}" in answer.content.decode().splitlines()


def test_public_pages_are_open_to_search_engines(client: Client) -> None:
    lines = client.get("/robots.txt").content.decode().splitlines()
    assert lines[0] == "User-agent: *"
    assert "Disallow: /" not in lines


def test_the_picture_is_there(client: Client) -> None:
    answer = client.get("/favicon.ico")
    assert (answer.status_code, answer["Location"]) == (302, "/static/img/favicon.svg")
    assert finders.find("img/favicon.svg") is not None


@pytest.mark.parametrize("path", ["/robots.txt", "/favicon.ico"])
def test_they_are_only_read(client: Client, path: str) -> None:
    assert client.post(path).status_code == 405
