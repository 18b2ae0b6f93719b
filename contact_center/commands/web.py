"""`tawasul web`."""

import structlog
import typer
import uvicorn

from contact_center import logs
from contact_center.settings import get_settings

STOP_SECONDS = 5
"""How long open event streams may hold up the end."""

app = typer.Typer(add_completion=False)


@app.command()
def web() -> None:
    """Run the web process: pages, webhooks, the API."""
    logs.set_up()
    port = get_settings().port
    structlog.get_logger().info("web_starts", port=port)
    uvicorn.run(
        "contact_center.app:create_app",
        factory=True,
        host="0.0.0.0",  # noqa: S104 -- citizens and staff reach it from elsewhere
        port=port,
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=STOP_SECONDS,
    )
