"""How long compiling and rendering take, beside npm's ``mjml`` and ``juice``.

python -m tests.benchmarks.bench_compile

The peer is kept warm, takes its time itself, and gets the very document that our two
steps of the same kind get, MJML to HTML and sheets into elements, in turns. It has no
Jinja, since the peer knows none; the peer checks nothing and makes no text part, so
what all of compiling takes is told beside. Each document has its rules at other
elements than the one before, so that no answer of premailer is met again; how quick
the steps are where only words change, as when typing, is told beside too. Without
Node or a network there is no peer.
"""

import gc
import json
import re
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
PAIRS = 40
PEER_RATIO = 10

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
  const mail = JSON.parse(line), begun = performance.now();
  const made = await mjml(mail, { validationLevel: "skip", fonts: {} });
  const size = juice(made.html).length;
  console.log(JSON.stringify([performance.now() - begun, size]));
});
"""
_TAG: Final = re.compile(r"{%.*?%}")
_OUTPUT: Final = re.compile(r"{{.*?}}")


def a_long_mail(number: int) -> str:
    """Return fifteen kilobytes of MJML, each time with another word in it."""
    sections = "".join(_SECTION.format(n=n) for n in range(11))
    return f"{_HEAD}{sections}<!-- {number} --></mj-body></mjml>".replace(
        "we are glad", f"we are glad ({number})", 1
    )


def a_plain_mail(number: int) -> str:
    """Return the same without Jinja: a word for each value, nothing for a tag."""
    return _OUTPUT.sub("word", _TAG.sub("", a_long_mail(number)))


def a_shaped_mail(number: int) -> str:
    """Return the same, with rules at other elements for each number."""
    begin, *rest = a_plain_mail(number).split("<b>")
    tags = ['<b class="quiet">' if number >> n & 1 else "<b>" for n in range(len(rest))]
    return begin + "".join(tag + text for tag, text in zip(tags, rest, strict=True))


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
    # As in the render process, where all of this runs.
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)
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
    _beside_the_peer()


def _through_the_process(sources: list[Sources]) -> None:
    renderer = ProcessRenderer(RenderProcess())
    try:
        for one in sources[TIMES:]:
            renderer.compile(INVITE, one)
        taken = milliseconds(lambda n: renderer.compile(INVITE, sources[n]), TIMES)
    finally:
        renderer.close()
    print(f"compile the same in the render process: {_told(taken)}")


def _beside_the_peer() -> None:
    """Let both do one document after the other, in turns, and compare pair by pair."""
    with _peer() as ask:
        if isinstance(ask, str):
            print(f"compile beside mjml and juice: left out, {ask}")
            return
        pairs = [_pair(ask, number) for number in range(-8, PAIRS)][8:]  # warm by then
    theirs, steps, words, whole = (sorted(one) for one in zip(*pairs, strict=True))
    ratios = sorted(pair[0] / pair[1] for pair in pairs)
    print(f"mjml and juice, warm: {_told(theirs)}")
    print(f"the same two steps of ours: {_told(steps)}")
    typed = median(pair[0] / pair[2] for pair in pairs)
    print(f"where only words change: {_told(words)}, {typed:.1f} times faster")
    print(
        f"so ours are {median(ratios):.1f} times faster (median of {PAIRS} pairs; "
        f"fastest by fastest {theirs[0] / steps[0]:.1f}; {PEER_RATIO} asked); all of "
        f"compiling is {median(theirs) / median(whole):.1f} times faster"
    )


def _pair(
    ask: Callable[[str], float], number: int
) -> tuple[float, float, float, float]:
    """Return what peer, our two steps, those with other words, and compiling take."""
    shaped, plain = a_shaped_mail(1000 + number), a_plain_mail(1000 + number)
    sources = some_sources(email_mjml=a_long_mail(1000 + number))
    template = the_template(sources)
    theirs = ask(shaped)
    steps, words = (
        milliseconds(lambda _: inline(to_html(mail), untouched=own_sheets()), 1)[0]  # noqa: B023
        for mail in (shaped, plain)
    )
    (whole,) = milliseconds(lambda _: compile_template(template, sources), 1)
    return theirs, steps, words, whole


@contextmanager
def _peer() -> Iterator[Callable[[str], float] | str]:
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

            def ask(mail: str) -> float:
                assert child.stdin is not None
                assert child.stdout is not None
                child.stdin.write(json.dumps(mail) + "\n")
                child.stdin.flush()
                taken, _size = json.loads(child.stdout.readline())
                return float(taken)

            yield ask
            child.kill()


def _told(taken: list[float]) -> str:
    most = taken[min(len(taken) - 1, int(len(taken) * 0.95))]
    return f"median {median(taken):.2f} ms, {taken[0]:.2f} to {most:.2f} ms"


if __name__ == "__main__":
    main()
