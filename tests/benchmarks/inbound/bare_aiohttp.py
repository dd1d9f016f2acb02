"""The limit for Teams: aiohttp takes the turn and posts a reply over one shared session; nothing is kept."""

import aiohttp
from aiohttp import web
from benchmarks.inbound.platform import serve, yes

SESSION = web.AppKey("session", aiohttp.ClientSession)


async def turn(request: web.Request) -> web.Response:
    """Answer the activity to where it came from."""
    activity = await request.json()
    url = f"{activity['serviceUrl']}/v3/conversations/{activity['conversation']['id']}/activities/{activity['id']}"
    reply = {"type": "message", "text": "Here is what you can do.", "replyToId": activity["id"]}
    async with request.app[SESSION].post(url, json=reply) as answer:
        await answer.read()
    return web.Response(status=201)


async def start(app: web.Application) -> None:
    """Open the one session."""
    app[SESSION] = aiohttp.ClientSession()


if __name__ == "__main__":
    application = web.Application()
    application.router.add_post("/api/messages", turn)
    application.router.add_get("/healthz", yes)
    application.on_startup.append(start)
    serve(application)
