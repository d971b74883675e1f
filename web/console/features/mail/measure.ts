/**
 * How high a page is, without letting it into our own: it is taken apart without being run, and of its boxes, words and sizes a likeness is laid out of sight, in a shadow of its own.
 * Nothing of it has an address, so nothing is fetched. The frame itself belongs to no origin and runs nothing: nobody can ask it.
 */
const boxes = new Set('A ABBR B BIG BLOCKQUOTE BR CAPTION CENTER CITE CODE COL COLGROUP DD DEL DIV DL DT EM FIGCAPTION FIGURE FONT H1 H2 H3 H4 H5 H6 HR I INS KBD LI MARK OL P PRE Q S SMALL SPAN STRIKE STRONG SUB SUP TABLE TBODY TD TFOOT TH THEAD TR TT U UL VAR'.split(' '));
const sizes = ['width', 'height', 'align', 'valign', 'colspan', 'rowspan', 'border', 'cellpadding', 'cellspacing', 'size', 'nowrap', 'dir'];
const most = 20_000;

export function heightOf(html: string, width: number): number {
  // Styles are read as data: in a page of ours the policy forbids them in what is parsed. Quotes in words are escaped by whoever wrote the page, so only attributes read like this.
  const page = new DOMParser().parseFromString(html.replace(/<style>[^<]*<\/style>/, '').replaceAll(' style="', ' data-style="'), 'text/html');
  const host = document.createElement('div');
  host.setAttribute('aria-hidden', 'true');
  host.style.cssText = `all: initial; position: fixed; inset: 0 auto auto 0; width: ${width}px; visibility: hidden; pointer-events: none; contain: layout style; z-index: -1`;
  const shadow = host.attachShadow({ mode: 'closed' });
  const sheet = new CSSStyleSheet();
  // What the page is served with, for a body that is none.
  sheet.replaceSync((/<style>([^<]*)<\/style>/.exec(html)?.[1] ?? '').replaceAll(/html\{[^}]*\}/g, '').replaceAll('body{margin:', '.body{display:flow-root;padding:').replaceAll('body{', '.body{'));
  shadow.adoptedStyleSheets = [sheet];
  const body = document.createElement('div');
  body.className = 'body';
  let left = most;
  copy(page.body, body);
  shadow.append(body);
  document.body.append(host);
  const { height } = body.getBoundingClientRect();
  host.remove();
  return Math.ceil(height);

  function copy(from: Node, into: Node) {
    for (const node of from.childNodes) {
      if (left-- <= 0) return;
      if (node instanceof Text) into.appendChild(document.createTextNode(node.data));
      else if (node instanceof HTMLElement && (boxes.has(node.tagName) || node.tagName === 'IMG')) {
        const picture = node.tagName === 'IMG';
        const box = document.createElement(picture ? 'span' : node.tagName);
        for (const name of sizes) {
          const value = node.getAttribute(name);
          if (value !== null && !picture) box.setAttribute(name, value);
        }
        box.style.cssText = node.dataset.style ?? '';
        if (picture) {
          box.style.display = 'inline-block';
          box.style.maxWidth = '100%';
          box.style.width ||= pixels(node.getAttribute('width'));
          box.style.height ||= pixels(node.getAttribute('height'));
        }
        copy(node, box);
        into.appendChild(box);
      }
    }
  }
}

const pixels = (value: string | null) => (value === null ? '' : /^\d+$/.test(value.trim()) ? `${value.trim()}px` : value);
