import type { InboxTexts } from '../../client/types';
import { style } from './style';

/** Everything the loader draws: in a closed shadow root, with a constructed style sheet, so that neither page nor policy interferes. */
export function view(color: string, theme: string | undefined, say: InboxTexts, pressed: () => void, dismissed: () => void) {
  const host = document.createElement('parley-launcher');
  const root = host.attachShadow({ mode: 'closed' });
  const sheet = new CSSStyleSheet();
  // Not on the host: whatever is inherited from the page ends there, this with it.
  sheet.replaceSync(`*{color-scheme:${theme ?? 'light dark'}}${style}`);
  root.adoptedStyleSheets = [sheet];
  host.style.setProperty('--b', color);

  const make = (tag: string, name: string, within: Node = root) => {
    const element = document.createElement(tag);
    element.className = name;
    return within.appendChild(element);
  };

  const panel = make('div', 'p');
  const teaser = make('div', 'w');
  const words = make('button', 't', teaser);
  const dismiss = make('button', 'x', teaser);
  const button = make('button', 'l');
  const badge = make('span', 'n');
  words.dir = 'auto';
  teaser.role = 'status';
  teaser.hidden = true;
  dismiss.ariaLabel = say['hide']!;
  button.onclick = words.onclick = pressed;
  dismiss.onclick = dismissed;
  document.body.append(host);

  let open = false;
  let unread = 0;
  const draw = () => {
    panel.classList.toggle('o', open);
    button.ariaLabel = say['launcher'] + (unread ? `, ${unread} ${say['unread']}` : '');
    button.ariaExpanded = open as unknown as string;
    badge.hidden = open || !unread;
    badge.textContent = unread > 9 ? '9+' : (unread as unknown as string);
  };
  const tease = (text?: string) => {
    teaser.hidden = !text;
    words.textContent = text!;
  };
  draw();

  return {
    host,
    panel,
    button,
    tease,
    show(on: boolean) {
      open = on;
      if (on) tease();
      draw();
    },
    count(n: number) {
      unread = n;
      draw();
    },
  };
}
