from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from governance.clients.profile import CLIENTS, Client
from governance.clients.rule import Scheme
from governance.clients.scrubbed import scrubbed
from governance.clients.simulate import simulate
from tests.governance.clients.examples import mail

U = "http://127.0.0.1:1"
VECTORS = {
    "refresh": f'<meta http-equiv="refresh" content="0;url={U}/x">',
    "base": f'<base href="{U}/" target="_top">',
    "style sheet": f'<link rel=stylesheet href="{U}/x">',
    "preload": f'<link rel=preload as=image href="{U}/x">',
    "dns-prefetch": '<link rel="dns-prefetch" href="//127.0.0.1">',
    "preconnect": f'<link rel=preconnect href="{U}">',
    "prefetch": f'<link rel=prefetch href="{U}/x">',
    "icon": f'<link rel=icon href="{U}/x">',
    "import": f"<style>@import url({U}/x);</style>",
    "escaped import": f"<style>@\\69mport url({U}/x);</style>",
    "script": "<script>alert(1)</script>",
    "script in svg": "<svg><script>alert(1)</script></svg>",
    "body onload": '<body onload="alert(1)">',
    "onerror": '<img src=x onerror="alert(1)">',
    "ONERROR": '<img src=x ONERROR="alert(1)">',
    "onerror behind a slash": '<img src="x"/onerror=alert(1)>',
    "svg onload": '<svg onload="alert(1)"></svg>',
    "svg image": f'<svg><image href="{U}/x"/></svg>',
    "svg use": '<svg><use href="data:image/svg+xml,x#a"/></svg>',
    "svg animate": '<svg><a><animate attributeName=href values="javascript:1"/></a>',
    "foreign object": "<svg><foreignObject><iframe src=x></iframe></foreignObject>",
    "style in svg": "<svg><style><img src=x onerror=alert(1)></style></svg>",
    "math": "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "iframe": f'<iframe src="{U}/x"></iframe>',
    "srcdoc": '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
    "object": f'<object data="{U}/x"></object>',
    "embed": f'<embed src="{U}/x">',
    "frameset": f'<frameset><frame src="{U}/x"></frameset>',
    "portal": f'<portal src="{U}/x"></portal>',
    "applet": f'<applet code="{U}/x"></applet>',
    "javascript": '<a href="javascript:alert(1)">a</a>',
    "split javascript": '<a href="java\tscript:alert(1)">a</a>',
    "spaced javascript": '<a href=" \x01javascript:alert(1)">a</a>',
    "entity javascript": '<a href="&#106;avascript:alert(1)">a</a>',
    "vbscript": '<a href="vbscript:x">a</a>',
    "data page": '<a href="data:text/html,<script>alert(1)</script>">a</a>',
    "file": '<img src="file:///etc/hostname">',
    "ping": f'<a ping="{U}/x" href="#a">a</a>',
    "target": '<a target=_top href="#a">a</a>',
    "form": f'<form action="{U}/x"><input formaction="{U}/y" name=a></form>',
    "button": f'<button formaction="{U}/x">a</button>',
    "srcset": f'<img srcset="{U}/x 2x">',
    "autofocus": "<input autofocus onfocus=alert(1)>",
    "toggle": "<details open ontoggle=alert(1)><summary>a</summary></details>",
    "noscript": '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
    "title": "<title><img src=x onerror=alert(1)></title>",
    "textarea": "<textarea><img src=x onerror=alert(1)></textarea>",
    "xmp": "<xmp><img src=x onerror=alert(1)></xmp>",
    "template": "<template><script>alert(1)</script></template>",
    "comment": "<!--><img src=x onerror=alert(1)>-->",
    "comment with a bang": "<!-- --!><img src=x onerror=alert(1)> -->",
    "conditional": "<!--[if mso]><script>alert(1)</script><![endif]-->",
    "conditional handler": "<!--[if mso]><v:rect onclick=alert(1)>a<![endif]-->",
    "processing instruction": "<?xml-stylesheet href='x'?>",
    "cdata": "<svg><![CDATA[><img src=x onerror=alert(1)>]]></svg>",
    "expression": '<p style="width:expression(alert(1))">a</p>',
    "behavior": '<p style="behavior:url(x)">a</p>',
    "style end": "<style>a{content:'<//**/style><img src=x onerror=alert(1)>'}</style>",
    "odd attribute": '<p "onclick=alert(1)" <script>a</p>',
    "is": "<p is=x-evil>a</p>",
    "popover": "<p popover=auto>a</p>",
    "odd name": '<a {><img src="x" onerror="alert(1)">',
    "control characters": '<img src="x" alt="&#1;&#xD800;&#xFFFF;" onerror="alert(1)">',
    "xlink": '<svg><a xlink:href="javascript:alert(1)"><text>a</text></a></svg>',
}  # fmt: skip
ELEMENTS = frozenset(
    {"script", "link", "base", "object", "embed", "iframe", "frame", "frameset",
     "portal", "applet", "form", "template", "math", "image", "use", "animate",
     "foreignobject", "noscript", "textarea", "xmp", "button", "title"}
)  # fmt: skip
ATTRIBUTES = frozenset(
    {"srcdoc", "ping", "target", "srcset", "formaction", "autofocus", "http-equiv",
     "is", "popover"}
)  # fmt: skip
SCHEMES = ("javascript:", "vbscript:", "data:text", "data:image/svg", "file:")


class Reader(HTMLParser):
    """Another parser than ours, which names what could act."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self.sheet = False
        self.depth: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.depth.append(tag)
        if tag in ELEMENTS:
            self.found.append(tag)
        for name, value in attrs:
            address = "".join(c for c in (value or "") if c > " ").lower()
            if name.startswith("on") or name in ATTRIBUTES:
                self.found.append(name)
            if name != "style" and address.startswith(SCHEMES):
                self.found.append(address)
            if name == "style" and ("expression" in address or "behavior" in address):
                self.found.append(address)

    def handle_data(self, data: str) -> None:
        if self.depth and self.depth[-1] == "style" and "@import" in data:
            self.found.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag in self.depth:
            while self.depth.pop() != tag:
                pass

    def handle_comment(self, data: str) -> None:
        self.found.append(f"comment {data}")

    def handle_pi(self, data: str) -> None:
        self.found.append(f"instruction {data}")

    def unknown_decl(self, data: str) -> None:
        self.found.append(f"declaration {data}")


def acting(html: str) -> list[str]:
    reader = Reader()
    reader.feed(html)
    reader.close()
    return reader.found


@pytest.mark.parametrize("vector", VECTORS.values(), ids=VECTORS.keys())
def test_nothing_in_a_scrubbed_mail_acts(vector: str) -> None:
    assert acting(scrubbed(mail(body=f"<p>before</p>{vector}<p>after</p>"))) == []
    assert acting(scrubbed(vector)) == []


def test_the_vectors_do_act_before() -> None:
    # This parser reads these in another way than browsers do.
    passed_by = {"style end", "escaped import", "xmp", "math", "cdata", "style in svg"}
    for name, vector in VECTORS.items():
        if name not in passed_by | {"odd attribute"}:
            assert acting(vector), name


@pytest.mark.parametrize("scheme", Scheme)
@pytest.mark.parametrize("one", CLIENTS, ids=lambda one: one.id)
def test_no_client_shows_anything_that_acts(one: Client, scheme: Scheme) -> None:
    everything = mail(body="<p>before</p>" + "".join(VECTORS.values()))
    assert acting(simulate(everything, one, scheme).html) == []
    for vector in VECTORS.values():
        assert acting(simulate(mail(body=vector), one, scheme).html) == []


def test_the_words_of_a_form_stay() -> None:
    html = scrubbed(mail(body="<form>Your <b>name</b></form> here"))
    assert "Your <b>name</b> here" in html


def test_what_a_mail_needs_stays() -> None:
    body = (
        '<a href="https://a.example/x?a=1&amp;b=2">go</a>'
        '<img src="cid:logo@x" alt="Logo"><img src="data:image/png;base64,iVBOR">'
        '<a href="mailto:a@b.example">write</a>'
    )
    assert body in scrubbed(mail(body=body))


def test_scrubbing_again_changes_nothing() -> None:
    for vector in VECTORS.values():
        once = scrubbed(mail(body=vector))
        assert scrubbed(once).replace('<meta charset="utf-8">', "") == once.replace(
            '<meta charset="utf-8">', ""
        )


@given(
    st.lists(
        st.one_of(
            st.sampled_from(list(VECTORS.values())),
            st.text(alphabet="<>/\"'=&;! -abst\\{}:@", max_size=12),
        ),
        max_size=6,
    )
)
@settings(max_examples=150, deadline=None)
def test_no_mixture_of_vectors_acts(parts: list[str]) -> None:
    assert acting(scrubbed("".join(parts))) == []
    word = next(one for one in CLIENTS if one.id == "outlook-classic")
    assert acting(simulate("".join(parts), word).html) == []
