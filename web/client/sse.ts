import type { Dial } from './transport';
import type { Frame } from './types';

let told = false;

/** For whoever runs the site: nothing is lost, but somebody should know. Said once, and only when this way works where the better one did not. */
function tell(base: string): void {
  if (told) return;
  told = true;
  console.warn(`Parley: WebSockets to ${base}/v1/stream do not get through, so server-sent events are used. Let the proxy before Parley pass the headers Upgrade and Connection on; "parley doctor" looks at it from outside.`);
}

/**
 * Hears the stream as Server-Sent Events until it ends. Read with fetch, for EventSource cannot carry a token in a header, and tokens never
 * stand in addresses.
 */
export async function listen(dial: Dial, signal: AbortSignal): Promise<void> {
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
    const parse = frames((frame) => {
      if (frame.type === 'hello') tell(dial.base);
      dial.heard(frame);
    });
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
