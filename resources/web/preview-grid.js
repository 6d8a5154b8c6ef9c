// The grid of cards, one for each mail client.
'use strict';

const Grid = (() => {
  const cards = new Map();
  let texts = new Map();
  let isPulling = false, wanted = 0;

  const find = (card, part) => card.el.querySelector(part);

  function made(state) {
    const el = document.createElement('div');
    el.className = 'card';
    el.tabIndex = 0;
    el.setAttribute('role', 'listitem');
    el.innerHTML = '<header><span class="ph device"></span><b></b><span class="ph scheme"></span>' +
      '<span class="note"></span><span class="count"></span></header><div class="window"><div class="sizer"></div><div class="shield"></div></div>';
    const card = { el, state: {}, digest: '', tall: 400, frame: Frames.made(state.width), key: state.key };
    find(card, '.sizer').appendChild(card.frame);
    el.addEventListener('dblclick', () => Frames.say('open', card.key));
    el.addEventListener('click', (event) => told(card, event));
    el.addEventListener('keydown', (event) => pressed(card, event));
    return card;
  }

  // Which words of the mail were clicked.
  function told(card, event) {
    const box = card.frame.getBoundingClientRect();
    const scale = box.width / card.frame.offsetWidth;
    const here = card.frame.contentDocument;
    const one = here && here.elementFromPoint((event.clientX - box.left) / scale, (event.clientY - box.top) / scale);
    const words = one && one !== here.body ? one.textContent.trim().slice(0, 300) : '';
    if (words && event.clientY > box.top) Frames.say('words', words);
  }

  function pressed(card, event) {
    const all = [...document.querySelectorAll('.card')];
    const at = all.indexOf(card.el);
    const columns = getComputedStyle(document.getElementById('grid')).gridTemplateColumns.split(' ').length;
    const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: columns, ArrowUp: -columns }[event.key];
    if (step) {
      const next = all[at + step];
      if (next) next.focus();
    } else if (event.key === 'Enter' || event.key === ' ') {
      Frames.say('open', card.key);
    } else {
      return;
    }
    event.preventDefault();
  }

  function head(card, state) {
    find(card, 'b').textContent = state.title;
    find(card, '.device').textContent = state.device;
    find(card, '.scheme').textContent = state.scheme;
    const note = find(card, '.note');
    note.textContent = state.note;
    note.classList.toggle('ph', state.is_mark);
    find(card, '.count').textContent = state.count;
    card.el.setAttribute('aria-label', state.said);
    card.el.title = state.said;
    card.frame.classList.toggle('dark', state.is_dark);
    card.frame.style.width = state.width + 'px';
  }

  // Cards in the order of the state; frames stay where they are, since a moved frame is emptied.
  function arranged(states) {
    const grid = document.getElementById('grid');
    const keys = new Set(states.map((one) => one.key));
    for (const [key, card] of cards) if (!keys.has(key)) { card.el.remove(); cards.delete(key); }
    states.forEach((state, at) => {
      let card = cards.get(state.key);
      if (!card) {
        card = made(state);
        cards.set(state.key, card);
        grid.appendChild(card.el);
      }
      card.el.style.order = at;
      if (JSON.stringify(card.state) !== JSON.stringify(state)) head(card, state);
      card.state = state;
    });
  }

  function fitted() {
    for (const card of cards.values()) {
      const room = find(card, '.window').clientWidth;
      const scale = Math.min(1, room / card.state.width);
      const sizer = find(card, '.sizer');
      card.frame.style.transform = `scale(${scale})`;
      card.frame.style.left = Math.max(0, (room - card.state.width) / 2) + 'px';
      card.frame.style.height = card.tall + 'px';
      sizer.style.height = Math.ceil(card.tall * scale) + 'px';
    }
  }

  async function apply(answer) {
    const known = new Map([...texts, ...Object.entries(answer.pages)]);
    for (const [digest, one] of Object.entries(answer.words))
      if (known.has(one.base)) known.set(digest, known.get(one.base).replace(one.before, () => one.after));
    arranged(answer.cards);
    const waits = [], changed = [];
    for (const card of cards.values()) {
      const digest = card.state.digest;
      if (card.digest === digest || !known.has(digest)) continue;
      const words = answer.words[digest];
      const isSaid = words && words.base === card.digest && Frames.reword(card.frame, words.before, words.after);
      card.digest = digest;
      changed.push(card);
      if (!isSaid) waits.push(Frames.show(card.frame, known.get(digest)));
    }
    texts = new Map(answer.cards.map((one) => [one.digest, known.get(one.digest)]));
    await Promise.all(waits);
    for (const card of changed) card.tall = Frames.tall(card.frame);
    fitted();
  }

  // Fetch what is new, and show it; what comes meanwhile is fetched once more after that.
  async function pull(revision) {
    wanted = revision;
    if (isPulling) return;
    isPulling = true;
    try {
      while (true) {
        const now = wanted;
        const have = [...texts.keys()].map((one) => one.slice(0, 16)).join('.') || '-';
        const answer = await Frames.say('pull', String(now), have).then((one) => one.json());
        await apply(answer);
        await Frames.painted();
        Frames.say('painted', String(now));
        if (now === wanted) return;
      }
    } finally {
      isPulling = false;
    }
  }

  function mark(isStale, isWaiting) {
    document.body.classList.toggle('stale', isStale);
    document.body.classList.toggle('waiting', isWaiting);
  }

  // Ctrl and the wheel scroll all mails alike.
  addEventListener('wheel', (event) => {
    if (!event.ctrlKey) return;
    event.preventDefault();
    for (const one of document.querySelectorAll('.window')) one.scrollTop += event.deltaY;
  }, { passive: false });

  addEventListener('DOMContentLoaded', () => {
    new ResizeObserver(fitted).observe(document.getElementById('grid'));
  });

  return { pull, mark };
})();
