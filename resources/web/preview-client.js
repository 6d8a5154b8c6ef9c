// One mail client: the mail as it was written beside the mail as it is shown.
'use strict';

const Stage = (() => {
  let state = null, texts = {}, at = 50, written = null, shown = null;
  let isPulling = false, wanted = 0;
  const get = (id) => document.getElementById(id);

  function slid(place) {
    at = Math.min(100, Math.max(0, place));
    const isBoth = state && state.mode === 'both';
    get('slider').style.left = at + '%';
    get('slider').setAttribute('aria-valuenow', String(Math.round(at)));
    get('written').style.clipPath = isBoth ? `inset(0 ${100 - at}% 0 0)` : '';
    get('shown').style.clipPath = isBoth ? `inset(0 0 0 ${at}%)` : '';
  }

  function fitted() {
    if (!state) return;
    const scale = state.zoom / 100;
    const tall = Math.max(Frames.tall(shown), state.mode === 'both' ? Frames.tall(written) : 0);
    for (const frame of [written, shown]) {
      frame.style.width = state.width + 'px';
      frame.style.height = tall + 'px';
      frame.style.transform = `scale(${scale})`;
    }
    get('sizer').style.width = Math.round(state.width * scale) + 'px';
    get('sizer').style.height = Math.ceil(tall * scale) + 'px';
  }

  // Outline what was changed; one change alone if it is chosen.
  function marked() {
    const here = shown.contentDocument;
    if (!here || !here.head) return;
    let sheet = here.querySelector('style[data-marks]');
    if (!sheet) {
      sheet = here.createElement('style');
      sheet.setAttribute('data-marks', '');
      here.head.appendChild(sheet);
    }
    const numbers = state.marks.map((one) => `[data-place="${one}"]`);
    const chosen = state.chosen.map((one) => `[data-place="${one}"]`);
    sheet.textContent = (numbers.length ? `${numbers.join(',')}{outline:1px dashed #4147d5 !important;outline-offset:-1px !important}` : '') +
      (chosen.length ? `${chosen.join(',')}{outline:2px solid #c02a24 !important;outline-offset:-2px !important}` : '');
  }

  function led() {
    const here = shown.contentDocument;
    const first = here && state.chosen.map((one) => here.querySelector(`[data-place="${one}"]`)).find((one) => one && one.getClientRects().length);
    if (!first) return;
    const top = first.getBoundingClientRect().top * state.zoom / 100 + get('sizer').offsetTop;
    get('stage').scrollTo({ top: Math.max(0, top - get('stage').clientHeight / 3) });
  }

  async function apply(answer) {
    const before = state;
    state = answer.state;
    texts = { ...texts, ...answer.pages };
    get('subject').textContent = state.subject;
    get('preheader').textContent = state.preheader;
    get('before').textContent = state.mode === 'both' ? state.before : '';
    get('after').textContent = state.after;
    get('slider').setAttribute('aria-label', state.slider);
    get('slider').firstElementChild.textContent = state.handle;
    get('slider').hidden = state.mode !== 'both';
    get('written').hidden = state.mode !== 'both';
    shown.classList.toggle('dark', state.is_dark);
    const waits = [];
    for (const [frame, digest] of [[written, state.written], [shown, state.shown]]) {
      frame.style.width = state.width + 'px';
      if (frame.digest !== digest && digest in texts) {
        frame.digest = digest;
        waits.push(Frames.show(frame, texts[digest]));
      }
    }
    await Promise.all(waits);
    texts = Object.fromEntries([state.written, state.shown].filter((one) => one in texts).map((one) => [one, texts[one]]));
    marked();
    fitted();
    slid(at);
    if (!before || before.key !== state.key) get('stage').scrollTo({ top: 0 });
    else if (state.chosen.length && String(before.chosen) !== String(state.chosen)) led();
  }

  async function pull(revision) {
    wanted = revision;
    if (isPulling) return;
    isPulling = true;
    try {
      while (true) {
        const now = wanted;
        const have = Object.keys(texts).map((one) => one.slice(0, 16)).join('.') || '-';
        await apply(await Frames.say('pull', String(now), have).then((one) => one.json()));
        await Frames.painted();
        Frames.say('painted', String(now));
        if (now === wanted) return;
      }
    } finally {
      isPulling = false;
    }
  }

  const KEYS = { ArrowLeft: () => slid(at - 5), ArrowRight: () => slid(at + 5), Home: () => slid(0), End: () => slid(100),
    PageUp: () => Frames.say('step', '-1'), PageDown: () => Frames.say('step', '1'), l: () => Frames.say('scheme'), Escape: () => Frames.say('close') };

  function dragged(event) {
    const box = get('sizer').getBoundingClientRect();
    slid(100 * (event.clientX - box.left) / box.width);
  }

  addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || !(event.key in KEYS)) return;
    KEYS[event.key]();
    event.preventDefault();
  });

  addEventListener('DOMContentLoaded', () => {
    written = Frames.made(600);
    shown = Frames.made(600);
    get('written').appendChild(written);
    get('shown').appendChild(shown);
    get('slider').addEventListener('pointerdown', (event) => get('slider').setPointerCapture(event.pointerId));
    get('slider').addEventListener('pointermove', (event) => { if (event.buttons & 1) dragged(event); });
    slid(50);
  });

  return { pull, mark(isStale) { document.body.classList.toggle('stale', isStale); }, place: () => at };
})();
