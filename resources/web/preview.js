// Frames that show mails: sandboxed, of our own origin, changed in place.
'use strict';

const Frames = (() => {
  const HOME = 'app://countersign/previews/';
  const TALLEST = 30000;  // pixels: what a style sheet asks for must end somewhere
  // The last of four layers: Python has taken all this out already.
  const GONE = 'script, link, base, meta[http-equiv], object, embed, iframe, frame, frameset, portal, fencedframe, template';
  // What stands where a picture would come from elsewhere: nothing is ever asked for.
  const AWAY = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 9' preserveAspectRatio='none'%3E%3Crect width='16' height='9' fill='%23d5d8de'/%3E%3C/svg%3E";
  const parser = new DOMParser();
  const isNews = { onBeforeElUpdated: (now, next) => !now.isEqualNode(next) };
  let token = '';

  function scrubbed(html) {
    const mail = parser.parseFromString(html, 'text/html');
    for (const one of mail.querySelectorAll(GONE)) one.remove();
    for (const one of mail.querySelectorAll('img[src^="http" i], img[src^="//"]')) one.src = AWAY;
    for (const form of mail.querySelectorAll('form')) form.replaceWith(...form.childNodes);
    return mail;
  }

  // A frame that nothing can be done in; its size is its mail's.
  function made(width) {
    const frame = document.createElement('iframe');
    frame.setAttribute('sandbox', 'allow-same-origin');
    frame.setAttribute('scrolling', 'no');
    frame.setAttribute('referrerpolicy', 'no-referrer');
    frame.setAttribute('tabindex', '-1');
    frame.inert = true;
    frame.style.width = width + 'px';
    frame.style.height = '400px';
    return frame;
  }

  // Show a mail: what differs is changed in place. Frames filled like this are never in
  // quirks mode, whatever the mail says, as those of most clients.
  function show(frame, html) {
    const mail = scrubbed(html);
    const here = frame.contentDocument;
    if (frame.isFilled && here) {
      morphdom(here.documentElement, mail.documentElement, isNews);
      return null;
    }
    return new Promise((done) => {
      frame.addEventListener('load', () => { frame.isFilled = true; done(); }, { once: true });
      frame.srcdoc = '<!doctype html>' + mail.documentElement.outerHTML;
    });
  }

  // Other words between two tags, with the tags' signs around them: tells whether it could.
  function reword(frame, before, after) {
    const here = frame.contentDocument;
    if (!frame.isFilled || !here || !here.body) return false;
    const words = before.slice(1, -1);
    const all = here.createTreeWalker(here.body, NodeFilter.SHOW_TEXT);
    let found = null;
    while (all.nextNode()) {
      if (all.currentNode.data !== words) continue;
      if (found) return false;
      found = all.currentNode;
    }
    if (found) found.data = after.slice(1, -1);
    return found !== null;
  }

  function tall(frame) {
    const body = frame.contentDocument && frame.contentDocument.body;
    return Math.min(Math.max(body ? body.scrollHeight : 0, 120), TALLEST);
  }

  // What the page tells the window goes to an address that nothing else knows.
  function say(...words) {
    return fetch(HOME + [token, ...words].map(encodeURIComponent).join('/'));
  }

  const painted = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => done();
    channel.port2.postMessage(0);
  })));

  function dress(colors, isDark) {
    for (const [name, value] of Object.entries(colors)) document.documentElement.style.setProperty('--' + name, value);
    document.documentElement.style.colorScheme = isDark ? 'dark' : 'light';
  }

  return { made, show, reword, tall, say, painted, dress, start(one) { token = one; } };
})();
