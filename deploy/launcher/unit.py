"""The unit of systemd that keeps the service running over crashes and reboots."""

from __future__ import annotations

import sys

from launcher.service import Service
from newswatch.settings import HOME


def unit(service: Service) -> str:
    settings = "".join(
        f'Environment="{name}={value}"\n'.replace("%", "%%")
        for name, value in sorted({**service.settings, "PORT": str(service.port)}.items())
    )
    return f"""[Unit]
Description=newswatch: scheduled news monitoring
Documentation=file://{HOME}/docs/runbook.md
After=network-online.target
Wants=network-online.target

[Service]
WorkingDirectory={HOME}
Environment="PYTHONPATH={HOME / "deploy"}:{HOME / "plugins"}"
{settings}ExecStart={sys.executable} -m launcher run
Restart=always
RestartSec=5
KillMode=mixed
TimeoutStopSec=120

[Install]
WantedBy=default.target
"""
