"""Files in parts and whole: ``PUT``, ``GET`` and ``HEAD`` of ``/v1/files/{sha256}``."""

import re
from collections.abc import AsyncIterator
from pathlib import Path

import msgspec
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from desktop.drill.api.exchange import Gate
from desktop.drill.api.problems import Refusal
from desktop.drill.files import SHA256, FileRefused, FileShelf, Part

_STATUS = {
    "too_large": 413,
    "range_gap": 416,
    "superseded": 409,
    "hash_mismatch": 422,
    "type_refused": 415,
}
_RANGE_OF_BODY = re.compile(r"bytes (?:(\d{1,15})-(\d{1,15})|(\*))/(\d{1,15})")
_RANGE_WANTED = re.compile(r"bytes=(\d{1,15})-(\d{0,15})")
_READ_BYTES = 64 * 1024


class FilesApi:
    """Endpoints under ``/v1/files``."""

    def __init__(self, gate: Gate, shelf: FileShelf) -> None:
        self._gate = gate
        self._shelf = shelf

    def routes(self) -> list[Route]:
        """Return the routes of this part."""
        return [
            Route("/v1/files/{sha256}", self._file, methods=["GET", "PUT"]),
        ]

    async def _file(self, request: Request) -> Response:
        # One route for both, so that a refusal of any other method names them all.
        return await (self._take(request) if request.method == "PUT" else self._give(request))

    async def _take(self, request: Request) -> Response:
        sha256 = await self._admitted(request, "orders.write")
        part = _part_of(request)
        try:
            status = await self._shelf.take(sha256, part, request.stream())
        except FileRefused as refused:
            raise Refusal(_STATUS[refused.code], refused.code, detail=refused.detail) from refused
        return Response(msgspec.json.encode(status), 201 if status.complete else 202, media_type="application/json")

    async def _give(self, request: Request) -> Response:
        sha256 = await self._admitted(request, "orders.read")
        path = self._shelf.path_of(sha256)
        if path is None:
            raise Refusal(404, "file_unknown")
        size = path.stat().st_size
        start, end = _wanted(request, size)
        headers = {
            "Accept-Ranges": "bytes",
            "Content-Length": str(end - start),
            "ETag": f'"{sha256}"',
            "X-Content-Type-Options": "nosniff",
            "Content-Disposition": "attachment",
        }
        if (start, end) != (0, size):
            headers["Content-Range"] = f"bytes {start}-{end - 1}/{size}"
        status = 206 if "Content-Range" in headers else 200
        media_type = self._shelf.media_type(path)
        if request.method == "HEAD":
            return Response(b"", status, headers, media_type)
        return StreamingResponse(_read(path, start, end), status, headers, media_type)

    async def _admitted(self, request: Request, scope: str) -> str:
        await self._gate.admitted(request, scope)
        sha256 = str(request.path_params["sha256"])
        if not SHA256.fullmatch(sha256):
            raise Refusal(404, "file_unknown", detail="the name of a file is its SHA-256 in lower-case hexadecimal")
        return sha256


def _part_of(request: Request) -> Part:
    """Read ``Content-Range`` (RFC 9110 §14.4), or take the body for the whole file."""
    text = request.headers.get("Content-Range")
    length = request.headers.get("Content-Length", "")
    if text is None:
        if not length.isdigit():
            raise Refusal(411, "length_required")
        return Part(0, int(length), int(length))
    match = _RANGE_OF_BODY.fullmatch(text)
    if match is None:
        raise Refusal(400, "malformed", detail="Content-Range")
    size = int(match[4])
    if match[3]:
        return Part(0, 0, size)
    part = Part(int(match[1]), int(match[2]) + 1, size)
    if not part.start < part.end <= size or (length.isdigit() and int(length) != part.end - part.start):
        raise Refusal(400, "malformed", detail="Content-Range and the body do not fit each other")
    return part


def _wanted(request: Request, size: int) -> tuple[int, int]:
    """Read ``Range``: one stretch; anything else is answered with the whole, as RFC 9110 allows."""
    match = _RANGE_WANTED.fullmatch(request.headers.get("Range", ""))
    if match is None:
        return 0, size
    start, end = int(match[1]), min(size, int(match[2]) + 1 if match[2] else size)
    if start >= end:
        raise Refusal(416, "range_not_satisfiable", detail={"size": size})
    return start, end


async def _read(path: Path, start: int, end: int) -> AsyncIterator[bytes]:
    with path.open("rb") as file:
        file.seek(start)
        while start < end and (chunk := file.read(min(_READ_BYTES, end - start))):
            start += len(chunk)
            yield chunk
