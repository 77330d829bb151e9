"""Generate, check and publish the parts of this project that are not written by hand."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
OPENAPI = ROOT / "openapi"
