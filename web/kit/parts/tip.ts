import { caps } from '../keys';
import './tip.css';

export interface Tip {
  text: string;
  shortcut?: string | undefined;
}

/**
 * A tooltip for sighted users of mouse and keyboard; what it says must also be in the label of its control.
 * One element serves all: it is shown in the top layer, so that nothing clips it.
 */
let bubble: HTMLElement | undefined;
let shownFor: HTMLElement | undefined;
let lastHidden = 0;

const delay = 450;

export function tip(node: HTMLElement, given: Tip | string | undefined) {
  let current = given;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const show = () => {
    if (current && node.isConnected) draw(node, typeof current === 'string' ? { text: current } : current);
  };
  const enter = (event: PointerEvent) => {
    if (event.pointerType !== 'mouse') return;
    clearTimeout(timer);
    // going along a row of buttons, the next one answers at once
    timer = setTimeout(show, performance.now() - lastHidden < 300 ? 60 : delay);
  };
  const focus = () => {
    if (node.matches(':focus-visible')) {
      clearTimeout(timer);
      timer = setTimeout(show, delay);
    }
  };
  const leave = () => {
    clearTimeout(timer);
    if (shownFor === node) hide();
  };

  node.addEventListener('pointerenter', enter);
  node.addEventListener('pointerleave', leave);
  node.addEventListener('pointerdown', leave);
  node.addEventListener('focus', focus);
  node.addEventListener('blur', leave);
  node.addEventListener('keydown', leave);

  return {
    update(next: Tip | string | undefined) {
      current = next;
      if (shownFor === node) show();
    },
    destroy() {
      leave();
      node.removeEventListener('pointerenter', enter);
      node.removeEventListener('pointerleave', leave);
      node.removeEventListener('pointerdown', leave);
      node.removeEventListener('focus', focus);
      node.removeEventListener('blur', leave);
      node.removeEventListener('keydown', leave);
    },
  };
}

function draw(node: HTMLElement, { text, shortcut }: Tip) {
  if (!bubble) {
    bubble = document.createElement('div');
    bubble.className = 'parley-tip';
    bubble.setAttribute('aria-hidden', 'true');
    bubble.popover = 'manual';
    document.body.append(bubble);
  }
  bubble.replaceChildren(text);
  for (const cap of shortcut ? caps(shortcut) : []) {
    const key = document.createElement('kbd');
    key.textContent = cap;
    bubble.append(key);
  }
  shownFor = node;
  // shown again, so that it is above a dialog that opened since
  if (bubble.matches(':popover-open')) bubble.hidePopover();
  bubble.showPopover();
  const at = node.getBoundingClientRect();
  const own = bubble.getBoundingClientRect();
  const beside = node.closest('[data-tips="beside"]') !== null;
  const rtl = getComputedStyle(node).direction === 'rtl';
  let left = beside ? (rtl ? at.left - own.width - 8 : at.right + 8) : at.left + at.width / 2 - own.width / 2;
  let top = beside ? at.top + at.height / 2 - own.height / 2 : at.bottom + 6;
  if (!beside && top + own.height > innerHeight - 4) top = at.top - own.height - 6;
  left = Math.max(6, Math.min(left, innerWidth - own.width - 6));
  top = Math.max(6, Math.min(top, innerHeight - own.height - 6));
  bubble.style.left = left + 'px';
  bubble.style.top = top + 'px';
}

function hide() {
  bubble?.hidePopover();
  shownFor = undefined;
  lastHidden = performance.now();
}
