"""How long compiling and rendering take, beside npm's ``mjml`` and ``juice``.

python -m tests.benchmarks.bench_compile

The peer is kept warm over standard input. It gets the same document, and does two steps
of ours: it knows no Jinja, checks nothing and makes no text part. So both ratios are
told. Without Node or a network there is no peer.
"""

import json
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Final

from governance.adapters.render_process.process import RenderProcess
from governance.adapters.render_process.renderer import ProcessRenderer
from governance.content.sources import Sources
from governance.rendering.compile import compile_template
from governance.rendering.inlining import inline
from governance.rendering.mjml import own_sheets, to_html
from governance.rendering.render import render
from tests.fakes.messages import ENGLISH, INVITE, some_sources, the_template, values

COMPILE_LIMIT, RENDER_LIMIT = 25.0, 1.0  # milliseconds
TIMES = 40
RECIPIENTS = 500
PEER_TIMES = 15

_HEAD: Final = """<mjml><mj-head><mj-title>{{ brand.name }}</mj-title>
<mj-attributes><mj-all font-family="Inter, Arial, sans-serif" />
<mj-text font-size="15px" line-height="23px" color="#1f2937" /></mj-attributes>
<mj-style>
@media only screen and (max-width:480px) { .wide { width:100% !important; } }
@media (prefers-color-scheme: dark) { .card p { color:#e5e7eb !important; } }
</mj-style>
<mj-style inline="inline">
.pill { background-color:#eef2ff; color:#3730a3; padding:2px 8px; }
.quiet { color:#6b7280; } .facts td { padding:6px 8px; } a { color:#0b6b60; }
</mj-style></mj-head><mj-body width="640px">"""
_SECTION: Final = """
<mj-section background-color="#ffffff" padding="16px 24px" css-class="card">
  <mj-column width="66%">
    <mj-text font-size="20px">Part {n} of {{{{ job.title }}}}
      <span class="pill">step {n}</span></mj-text>
    <mj-text><p>Hello {{{{ candidate.first_name }}}}, we are glad to go on with you in
      <b>{{{{ job.title }}}}</b>.{{% if candidate.city %}} You come from
      {{{{ candidate.city }}}}, so we help you to move.{{% else %}} Nothing else is
      needed.{{% endif %}} Please read <a href="{{{{ links.confirm }}}}?s={n}">the
      details</a> before {{{{ offer.deadline | date }}}}.</p></mj-text>
    <mj-table css-class="facts">
      <tr><th>Who</th><th>What</th></tr>
      {{% for person in interview.people %}}
      <tr><td class="quiet">{{{{ person }}}}</td><td>{{{{ loop.index }}}}</td></tr>
      {{% endfor %}}
    </mj-table>
    {{% if links.confirm %}}
    <mj-button href="{{{{ links.confirm }}}}?step={n}" align="left">Go {n}</mj-button>
    {{% endif %}}
  </mj-column>
  <mj-column width="34%">
    <mj-image src="https://a.example/{n}.png" alt="Picture {n}" width="160px" />
    <mj-text css-class="quiet">Your contact: {{{{ recruiter.email }}}}</mj-text>
  </mj-column>
</mj-section>"""
_PEER: Final = """
const mjml = require("mjml"), juice = require("juice");
const lines = require("readline").createInterface({ input: process.stdin });
lines.on("line", async (line) => {
  const made = await mjml(JSON.parse(line), { validationLevel: "skip" });
  console.log(JSON.stringify(juice(made.html).length));
});
"""


def a_long_mail(number: int) -> str:
    """Return fifteen kilobytes of MJML, each time with another word in it."""
    sections = "".join(_SECTION.format(n=n) for n in range(11))
    return f"{_HEAD}{sections}<!-- {number} --></mj-body></mjml>".replace(
        "we are glad", f"we are glad ({number})", 1
    )


def milliseconds(run: Callable[[int], object], times: int) -> list[float]:
    """Return what each of some calls took, sorted."""
    taken = []
    for number in range(times):
        begun = perf_counter()
        run(number)
        taken.append(1000 * (perf_counter() - begun))
    return sorted(taken)


def main() -> None:
    """Print one line for each measure."""
    sources = [some_sources(email_mjml=a_long_mail(n)) for n in range(TIMES + 5)]
    template = the_template(sources[0])
    for one in sources[TIMES:]:
        compile_template(template, one)  # warm
    compiling = milliseconds(lambda n: compile_template(template, sources[n]), TIMES)

    message = compile_template(template, sources[0])
    people = [values(candidate__first_name=f"Name {n}") for n in range(RECIPIENTS)]
    render(message, people[0], ENGLISH)
    rendering = milliseconds(lambda n: render(message, people[n], ENGLISH), RECIPIENTS)

    size = len(a_long_mail(0)) / 1024
    html = len(message.parts["en/email.html"]) / 1024
    print(
        f"compile {size:.0f} KB of MJML and Jinja (to {html:.0f} KB): "
        f"{_told(compiling)} (limit {COMPILE_LIMIT:.0f})"
    )
    print(f"render one recipient: {_told(rendering)} (limit {RENDER_LIMIT:.0f})")
    _through_the_process(sources)
    _beside_the_peer(median(compiling), median(_two_steps()))


def _through_the_process(sources: list[Sources]) -> None:
    renderer = ProcessRenderer(RenderProcess())
    try:
        for one in sources[TIMES:]:
            renderer.compile(INVITE, one)
        taken = milliseconds(lambda n: renderer.compile(INVITE, sources[n]), TIMES)
    finally:
        renderer.close()
    print(f"compile the same in the render process: {_told(taken)}")


def _two_steps() -> list[float]:
    """Do what the peer does: MJML to HTML, and style sheets into elements."""
    mails = [a_long_mail(n).replace("{%", "").replace("%}", "") for n in range(TIMES)]
    return milliseconds(
        lambda n: inline(to_html(mails[n]), untouched=own_sheets()), TIMES
    )


def _beside_the_peer(whole: float, steps: float) -> None:
    with _peer() as ask:
        if isinstance(ask, str):
            print(f"compile beside mjml and juice: left out, {ask}")
            return
        milliseconds(lambda n: ask(a_long_mail(1000 + n)), 5)
        taken = milliseconds(lambda n: ask(a_long_mail(n)), PEER_TIMES)
    print(
        f"mjml and juice, warm: {_told(taken)}; the same two steps take us "
        f"{steps:.2f} ms, {median(taken) / steps:.1f} times faster (10 asked); all of "
        f"compiling is {median(taken) / whole:.1f} times faster"
    )


@contextmanager
def _peer() -> Iterator[Callable[[str], int] | str]:
    """Start npm's ``mjml`` and ``juice``, or say why there are none."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        yield "Node is not there."
        return
    with tempfile.TemporaryDirectory() as folder:
        quiet = ["--no-audit", "--no-fund", "--ignore-scripts", "--silent"]
        installed = subprocess.run(
            [npm, "install", *quiet, "mjml", "juice"],
            cwd=folder,
            capture_output=True,
            check=False,
        )
        if installed.returncode:
            yield "npm could not install them."
            return
        Path(folder, "peer.cjs").write_text(_PEER)
        with subprocess.Popen(
            [node, "peer.cjs"],
            cwd=folder,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        ) as child:

            def ask(mail: str) -> int:
                assert child.stdin is not None
                assert child.stdout is not None
                child.stdin.write(json.dumps(mail) + "\n")
                child.stdin.flush()
                return int(json.loads(child.stdout.readline()))

            yield ask
            child.kill()


def _told(taken: list[float]) -> str:
    most = taken[min(len(taken) - 1, int(len(taken) * 0.95))]
    return f"median {median(taken):.2f} ms, {taken[0]:.2f} to {most:.2f} ms"


if __name__ == "__main__":
    main()
