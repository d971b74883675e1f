import { describe, expect, it, vi } from 'vitest';
import { along, ariaKeys, caps, stepOf } from './keys';

const press = (key: string, more: Partial<KeyboardEvent> = {}) => ({ key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...more }) as KeyboardEvent;

describe('shortcuts', () => {
  it('are drawn as the machine’s keyboard says them', () => {
    expect(caps('mod+k', true)).toEqual(['⌘', 'K']);
    expect(caps('mod+shift+k', false)).toEqual(['Ctrl', 'Shift', 'K']);
    expect(caps('g i', false)).toEqual(['G', 'I']);
  });

  it('are recognised from what was pressed', () => {
    expect(stepOf(press('K', { ctrlKey: true, shiftKey: true }), false)).toBe('mod+shift+k');
    expect(stepOf(press('k', { metaKey: true }), true)).toBe('mod+k');
    expect(stepOf(press('k', { ctrlKey: true }), true)).toBe('other+k');
    expect(stepOf(press('?', { shiftKey: true }), false)).toBe('?');
    expect(stepOf(press('Enter', { ctrlKey: true }), false)).toBe('mod+enter');
  });

  it('are told to a screen reader where it can know them', () => {
    expect(ariaKeys('mod+k', false)).toBe('Control+K');
    expect(ariaKeys('g i', false)).toBeUndefined();
  });
});

it('goes along a row as it is read', () => {
  const going = (key: string, direction: string) => {
    vi.stubGlobal('getComputedStyle', () => ({ direction }));
    return along(press(key));
  };
  expect(['ArrowRight', 'ArrowLeft', 'Home'].map((key) => going(key, 'ltr'))).toEqual([1, -1, 0]);
  expect(['ArrowRight', 'ArrowLeft', 'Home'].map((key) => going(key, 'rtl'))).toEqual([-1, 1, 0]);
  vi.unstubAllGlobals();
});
