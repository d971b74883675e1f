import type { Frame, Said } from './types';

export interface Dial {
  base: string;
  token: string | undefined;
  cursor: string | undefined;
  /** What the client wants to watch and hold open. */
  standing: Said[];
  heard: (frame: Frame) => void;
  lost: () => void;
}

export interface Line {
  /** The standing requests are still to be said, after the server's hello. */
  late: boolean;
  /** False when this line cannot carry it. */
  say(said: Said): boolean;
  close(): void;
}

export type Transport = (dial: Dial) => Line;

export const socketTransport: Transport = (dial) => {
  const origin = new URL(dial.base || globalThis.location.origin);
  const socket = new WebSocket(`${origin.protocol === 'https:' ? 'wss:' : 'ws:'}//${origin.host}/v1/stream`);
  socket.onopen = () => socket.send(JSON.stringify(hello(dial)));
  socket.onmessage = (event) => dial.heard(JSON.parse(event.data as string) as Frame);
  socket.onclose = () => dial.lost();
  return {
    late: true,
    say(said) {
      if (socket.readyState !== WebSocket.OPEN) return false;
      socket.send(JSON.stringify(said));
      return true;
    },
    close() {
      socket.onopen = socket.onmessage = socket.onclose = null;
      socket.close();
    },
  };
};

/**
 * Where a proxy forbids WebSockets. Few need it, so it is fetched when it is. It only hears: a change of what is watched needs a new line,
 * and typing is not told.
 */
export const sseTransport: Transport = (dial) => {
  const abort = new AbortController();
  void import('./sse')
    .then(({ listen }) => listen(dial, abort.signal))
    .catch(() => undefined)
    .finally(() => abort.signal.aborted || dial.lost());
  return {
    late: false,
    say: (said) => said.type === 'typing' || said.type === 'attentive',
    close: () => abort.abort(),
  };
};

function hello(dial: Dial): Said {
  return { type: 'hello', ...(dial.cursor ? { cursor: dial.cursor } : {}), ...(dial.token ? { token: dial.token } : {}) };
}
