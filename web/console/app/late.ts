import type { Component } from 'svelte';
import type { Pack } from '$kit/i18n/console/packs';
import { learn } from './texts.svelte';

/** A part of the screen that is fetched when it is first opened, with the texts that only it says; `<Late of={…} />` draws it. */
export type Fetched<P extends Record<string, any>> = () => Promise<Component<P>>;

const ahead: Fetched<never>[] = [];

/** Opened with a press: fetched then, or when it is said to be `soon`. What could not be fetched is asked for again the next time. */
export function late<P extends Record<string, any>>(load: () => Promise<{ default: Component<P> }>, ...packs: Pack[]): Fetched<P> {
  let coming: Promise<Component<P>> | undefined;
  return () =>
    (coming ??= Promise.all([load(), learn(...packs)]).then(
      ([{ default: part }]) => part,
      (error: unknown) => {
        coming = undefined;
        throw error;
      },
    ));
}

/** The same, and fetched as soon as there is nothing else to do: what a key opens is there for the key after it. */
export function soon<P extends Record<string, any>>(load: () => Promise<{ default: Component<P> }>, ...packs: Pack[]): Fetched<P> {
  const part = late(load, ...packs);
  ahead.push(part as Fetched<never>);
  return part;
}

const idle = (deed: () => void) => (typeof requestIdleCallback === 'function' ? requestIdleCallback(deed, { timeout: 3_000 }) : setTimeout(deed, 500));

/** One after the other, each when the page has nothing else to do. Without a network they are fetched when they are opened. */
export function fetchAhead() {
  const next = ahead.shift();
  if (next) idle(() => void next().then(fetchAhead, () => undefined));
}
