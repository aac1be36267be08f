"""The page as one file that asks the network for nothing, which its content security policy enforces."""

from __future__ import annotations

import base64
import hashlib
import html
import json
from pathlib import Path
from string import Template

PAGE = Path(__file__).parent / "page"
BUILT = PAGE / "built"


def assemble(parts: dict[str, str], *, title: str, language: str) -> str:
    """Put the parts of the data, the programs and the styles into one file."""
    names = ["sparql.js", "page.js"] if "oxigraph" in parts else ["page.js"]
    programs = [inline((BUILT / name).read_text(encoding="utf-8")) for name in names]
    styles = (BUILT / "page.css").read_text(encoding="utf-8")
    # The store of SPARQL is WebAssembly in a worker; without it neither is allowed.
    sparql = ("'wasm-unsafe-eval'", "worker-src blob:; ") if "oxigraph" in parts else ("", "")
    policy = (
        "default-src 'none'; "
        f"script-src {' '.join([*map(fingerprint, programs), sparql[0]]).strip()}; {sparql[1]}"
        f"style-src {fingerprint(styles)}; "
        "img-src data: blob:; base-uri 'none'; form-action 'none'"
    )
    template = Template((PAGE / "page.html").read_text(encoding="utf-8"))
    return template.substitute(
        title=html.escape(title or "Network"),
        language=html.escape(language or "en", quote=True),
        policy=policy,
        styles=styles,
        data="\n".join(
            f'<script type="application/octet-stream" id="{name}">{text}</script>'
            for name, text in parts.items()
        ),
        program="".join(f"<script>{program}</script>" for program in programs),
    )


def assemble_vis(network: object, library: Path, *, title: str, language: str) -> str:
    """Put a pyvis network and vis-network, which pyvis brings, into one file."""
    scripts = [
        inline((library / "vis-network.min.js").read_text(encoding="utf-8")),
        inline((BUILT / "vis.js").read_text(encoding="utf-8")),
    ]
    policy = (
        "default-src 'none'; "
        f"script-src {' '.join(map(fingerprint, scripts))}; style-src 'unsafe-inline'; "
        "img-src data: blob:; base-uri 'none'; form-action 'none'"
    )
    text = json.dumps(network, ensure_ascii=False).replace("<", "\\u003c")
    template = Template((PAGE / "vis.html").read_text(encoding="utf-8"))
    return template.substitute(
        title=html.escape(title or "Network"),
        language=html.escape(language or "en", quote=True),
        policy=policy,
        styles=(library / "vis-network.css").read_text(encoding="utf-8"),
        data=f'<script type="application/json" id="network">{text}</script>',
        program="".join(f"<script>{script}</script>" for script in scripts),
    )


def inline(program: str) -> str:
    """Keep a program from ending the script element it stands in."""
    return program.replace("</script", "<\\/script").replace("<!--", "<\\!--")


def fingerprint(text: str) -> str:
    """Give the hash by which the policy knows a script or a style sheet of ours."""
    digest = hashlib.sha256(text.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"
