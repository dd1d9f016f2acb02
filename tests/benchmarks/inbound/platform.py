"""The platforms' side: takes every answer of a bot, and says yes."""

from aiohttp import web

YES = b'{"ok":true,"ts":"1.2","channel":"D1","user_id":"UBOT","user":{"id":"U1","tz":"Europe/London"},"id":"1"}'


async def yes(request: web.Request) -> web.Response:
    """Read the request and say yes."""
    await request.read()
    return web.Response(body=YES, content_type="application/json")


def serve(app: web.Application) -> None:
    """Serve on a free port, and print it once the server listens."""

    def tell(line: str) -> None:
        if "Running on" in line:
            print(line.split("Running on http://127.0.0.1:")[1].split()[0], flush=True)

    web.run_app(app, host="127.0.0.1", port=0, print=tell, access_log=None)


if __name__ == "__main__":
    application = web.Application()
    application.router.add_route("*", "/{path:.*}", yes)
    serve(application)
