"""A little SVG, with colours for the reader's light or dark mode."""

from collections.abc import Iterable
from html import escape

WIDTH = 780

_LIGHT = """
text { fill: #1f2328 }
.quiet { fill: #59636e }
.paper { fill: #ffffff }
.grid { stroke: #d1d9e0 }
.spread { stroke: #1f2328 }
.line { stroke: #818b98 }
.mark { fill: #818b98 }
.line.ours { stroke: #0969da }
.mark.ours { fill: #0969da }
"""
_DARK = """
text { fill: #f0f6fc }
.quiet { fill: #9198a1 }
.paper { fill: #0d1117 }
.grid { stroke: #3d444d }
.spread { stroke: #f0f6fc }
.line { stroke: #7d8590 }
.mark { fill: #7d8590 }
.line.ours { stroke: #388bfd }
.mark.ours { fill: #388bfd }
"""
_STYLE = f"""
text {{ font: 13px system-ui, -apple-system, "Segoe UI", sans-serif }}
.title {{ font-size: 15px; font-weight: 600 }}
.ours {{ font-weight: 600 }}
.middle {{ text-anchor: middle }}
.end {{ text-anchor: end }}
.grid {{ stroke-width: 1 }}
.spread {{ stroke-width: 1.5 }}
.line {{ fill: none; stroke-width: 2.5 }}
{_LIGHT}@media (prefers-color-scheme: dark) {{{_DARK}}}
"""


def text(x: float, y: float, words: str, kind: str = "") -> str:
    """Return a line of text; ``y`` is its middle."""
    return f'<text x="{x:.1f}" y="{y + 4.5:.1f}" class="{kind}">{escape(words)}</text>'


def line(points: Iterable[tuple[float, float]], kind: str) -> str:
    """Return a line through some points."""
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    return f'<polyline points="{path}" class="{kind}"/>'


def dot(x: float, y: float, kind: str) -> str:
    """Return a dot."""
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" class="{kind}"/>'


def bar(x: float, y: float, length: float, kind: str) -> str:
    """Return a bar that begins at ``x``; ``y`` is its middle."""
    return (
        f'<rect x="{x:.1f}" y="{y - 10:.1f}" width="{length:.1f}" height="20" rx="2" '
        f'class="{kind}"/>'
    )


def document(title: str, subtitle: str, height: float, parts: Iterable[str]) -> str:
    """Return a whole drawing of the usual width, with its title at the top."""
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height:.0f}" '
        f'width="{WIDTH}" height="{height:.0f}" role="img">'
    )
    paper = '<rect width="100%" height="100%" class="paper"/>'
    words = [text(20, 26, title, "title"), text(20, 47, subtitle, "quiet")]
    lines = (f"<title>{escape(title)}</title>", f"<style>{_STYLE}</style>", paper, *words, *parts)
    return "\n".join((head, *lines, "</svg>\n"))
