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
 * Where a proxy forbids WebSockets. Read with fetch, for EventSource cannot carry a token in a header, and tokens never stand in addresses.
 * It only hears: a change of what is watched needs a new line, and typing is not told.
 */
export const sseTransport: Transport = (dial) => {
  const abort = new AbortController();
  void listen(dial, abort.signal).finally(() => abort.signal.aborted || dial.lost());
  return {
    late: false,
    say: (said) => said.type === 'typing' || said.type === 'attentive',
    close: () => abort.abort(),
  };
};

async function listen(dial: Dial, signal: AbortSignal): Promise<void> {
  const query = new URLSearchParams();
  if (dial.cursor) query.set('cursor', dial.cursor);
  for (const said of dial.standing) {
    if (said.type === 'watch') query.append('watch', said.view);
    if (said.type === 'open') query.append('open', said.after === undefined ? said.conversation : `${said.conversation}:${said.after}`);
  }
  const headers: Record<string, string> = { Accept: 'text/event-stream' };
  if (dial.token) headers['Authorization'] = `Bearer ${dial.token}`;
  try {
    const answer = await fetch(`${dial.base}/v1/stream/sse?${query}`, { headers, signal, credentials: dial.token ? 'omit' : 'same-origin' });
    if (answer.status === 401) return dial.heard({ type: 'bye', reason: 'access', retryAfterMs: 1_000 });
    if (!answer.ok || !answer.body) return;
    const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
    const parse = frames(dial.heard);
    for (let part = await reader.read(); !part.done; part = await reader.read()) parse(part.value);
  } catch {
    // Cut: the caller is told by the end of this function.
  }
}

/** Splits a stream of Server-Sent Events, however it is cut into pieces, into our frames. */
export function frames(heard: (frame: Frame) => void): (piece: string) => void {
  let rest = '';
  return (piece) => {
    const blocks = (rest + piece).replaceAll('\r\n', '\n').split('\n\n');
    rest = blocks.pop() ?? '';
    for (const block of blocks) {
      const data = block
        .split('\n')
        .filter((line) => line.startsWith('data:'))
        .map((line) => line.slice(5).trimStart())
        .join('\n');
      if (data) heard(JSON.parse(data) as Frame);
    }
  };
}

function hello(dial: Dial): Said {
  return { type: 'hello', ...(dial.cursor ? { cursor: dial.cursor } : {}), ...(dial.token ? { token: dial.token } : {}) };
}
