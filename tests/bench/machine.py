"""What the numbers were measured on; a number without its machine says nothing."""

import os
import platform
from pathlib import Path

import psutil


def describe() -> dict[str, str | int | float]:
    """Processor, memory, system, and how busy the machine was when the measuring began."""
    return {
        "processor": _processor(),
        "cores": os.cpu_count() or 0,
        "memory_mb": psutil.virtual_memory().total // 2**20,
        "system": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
        "load_1m": round(os.getloadavg()[0], 2),
    }


def _processor() -> str:
    cpuinfo = Path("/proc/cpuinfo")
    lines = cpuinfo.read_text("utf-8").splitlines() if cpuinfo.is_file() else []
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.machine())
