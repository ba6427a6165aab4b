"""Who gets in: requests from this machine's browser that know the token, and from its own page."""

import secrets
from http import HTTPStatus

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_NAMES = ("127.0.0.1", "localhost")
_READING = ("GET", "HEAD")
_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "connect-src 'self'",
        "img-src data:",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
    )
)
_HEADERS = {
    "content-security-policy": _POLICY,
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "referrer-policy": "no-referrer",  # the address holds the token
    "x-content-type-options": "nosniff",
    "cache-control": "no-store",
}


class Guard:
    """Hands on what may come in, without the token in its path. All else gets 403, and why."""

    def __init__(self, app: ASGIApp, token: str) -> None:
        self._app = app
        self._token = token

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(_HEADERS)
            await send(message)

        if scope["type"] != "http":
            return
        why = self._refusal(scope)
        if why:
            refused = PlainTextResponse(f"{why}\n", HTTPStatus.FORBIDDEN)
            await refused(scope, receive, send_guarded)
        else:
            inside = {**scope, "root_path": f"/{self._token}"}
            await self._app(inside, receive, send_guarded)

    def _refusal(self, scope: Scope) -> str:
        """Why a request is refused; empty where it is not."""
        headers = Headers(scope=scope)
        host, origin = headers.get("host", ""), headers.get("origin")
        # A name that a page elsewhere has pointed at this machine stands here, not an address.
        if host.rpartition(":")[0] not in _NAMES:
            return "This page is for this machine alone: 127.0.0.1 or localhost."
        if origin != f"http://{host}" and (origin is not None or scope["method"] not in _READING):
            return "Only its own page may ask for this."
        token = scope["path"].removeprefix("/").partition("/")[0]
        if not secrets.compare_digest(token.encode(), self._token.encode()):
            return "The token is not right. `kata watch --web` prints the whole address."
        return ""
