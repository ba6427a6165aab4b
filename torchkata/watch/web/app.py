"""What the server answers: the page, its style and script, its states as events, its wishes."""

from collections.abc import AsyncIterator, Callable, Mapping
from http import HTTPStatus

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route
from starlette.types import ASGIApp

from torchkata.watch.web.exchange import WISHES, States, Wish
from torchkata.watch.web.guard import Guard

_RETRY_MS = 500
"""After how long a page that has lost the server tries again."""


def app(
    token: str, files: Mapping[str, tuple[str, str]], states: States, put: Callable[[Wish], None]
) -> ASGIApp:
    """The application, for requests that know the token.

    `files` are the page's parts: the type and the text of each, by its path.
    """

    def file(name: str) -> Route:
        media_type, text = files[name]

        async def answer(request: Request) -> Response:
            return Response(text, media_type=media_type)

        return Route(f"/{name}", answer)

    async def events(request: Request) -> Response:
        return StreamingResponse(_events(states), media_type="text/event-stream")

    async def wish(request: Request) -> Response:
        name = request.path_params["name"]
        if name not in WISHES:
            return Response(status_code=HTTPStatus.NOT_FOUND)
        put(Wish(name, request.query_params.get("exercise", "")))
        return Response(status_code=HTTPStatus.NO_CONTENT)

    routes = [
        *map(file, files),
        Route("/events", events),
        Route("/wishes/{name}", wish, methods=["POST"]),
    ]
    return Guard(Starlette(routes=routes), token)


async def _events(states: States) -> AsyncIterator[str]:
    """Server-sent events: a state has no line break, so it is one line of data."""
    yield f"retry: {_RETRY_MS}\n\n"
    async for state in states.following():
        yield ":\n\n" if state is None else f"data: {state}\n\n"
