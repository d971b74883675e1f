/** The page's own words. It is for people who write programs, in one language like the interface itself. */
export const words = {
  title: 'The interface of Parley',
  lead: 'Commands and reads over HTTP, events over one stream. Made from what this server says of itself.',
  search: 'Search the reference',
  none: 'Nothing here is called so.',
  failed: 'The description could not be read.',
  again: 'Try again',
  start: 'To begin with',
  token: 'Try it with a token',
  tokenHow: 'Make one in the console’s settings, under Tokens. It is kept on this page until you leave it, and nowhere else.',
  tokenField: 'Token',
  hasToken: 'Requests from this page carry your token.',
  forget: 'Forget it',
  parameters: 'Parameters',
  body: 'Body',
  answer: 'Answer',
  example: 'Example',
  shell: 'In a terminal',
  nothing: 'without a body',
  required: 'must be there',
  tryIt: 'Try it',
  send: 'Send',
  sending: 'Sending …',
  sent: (status: number, text: string, ms: number) => `${status} ${text} in ${ms} ms`,
  unreachable: 'The server could not be reached.',
  stream: 'The stream',
  problems: 'Problems',
  problemsLead: 'What is refused is answered as application/problem+json (RFC 9457) with a code that stays. 429 and 503 say in Retry-After when to come back.',
  menu: 'Contents',
} as const;

/** What a reference by routes cannot say. */
export const basics = [
  ['Who one is', 'Programs send Authorization: Bearer with a token from the settings; its scopes are read, write and admin. The console has a cookie, and its changes carry X-Parley: 1. Visitors get a token from POST /v1/widget/sessions.'],
  ['Once, however often', 'Every command that makes something takes a clientId of yours (at most 64 characters); PUT and DELETE take the header Idempotency-Key. A repeat gets the first answer. The same id with other words is refused.'],
  ['Lists', 'They page by cursor: ask again with the next of the last answer until there is none. Ids and cursors are opaque. Times are ISO-8601 in UTC. What is absent is left out.'],
] as const;

export const streamBasics = [
  ['GET /v1/stream', 'A WebSocket with JSON frames. Say {"type":"hello","token":"…","cursor":"…"} within five seconds; then {"type":"open","conversation":"cnv_…"}, or as somebody who is signed in {"type":"watch","view":"all"}.'],
  ['GET /v1/stream/sse', 'The same frames as server-sent events, for curl and where a proxy forbids WebSockets: ?cursor=…&open=cnv_…:0 (everything after that seq first), and &watch=all for people.'],
  ['Frames', 'hello, event (an entry or a row of the list), mark (read, delivered), signal (typing, presence), left, counts, beat, gone (the cursor is of another store: begin anew), bye (with the reason, and when to come back).'],
] as const;
