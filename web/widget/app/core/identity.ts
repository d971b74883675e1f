import { Http, Problem, VisitorApi, type PublicInbox, type Visitor, type VisitorSession } from '$client';
import { languageKey, read } from './page';

export interface Standing {
  inbox: string;
  resume: string | undefined;
  identity: string | undefined;
  page: { url: string; title: string; referrer: string };
  consent: boolean | undefined;
  /** What the site says it speaks with this visitor, and what stands there where it says nothing. */
  said: string;
  locale: string | undefined;
}

// A session is asked for without a token, and never with an agent's cookie.
const anonymous = new VisitorApi(new Http({ token: async () => undefined }));

/** Who the visitor is to the server: asks for sessions, renews their tokens, tells when somebody else has come. */
export class Identity {
  readonly api: VisitorApi;
  visitor: Visitor | undefined;
  /** They sign out: whoever the server would make of them then is not them. */
  leaving = false;
  #session: VisitorSession | undefined;
  #asking: Promise<VisitorSession> | undefined;
  /** The site's word has run out, and nothing else says who this is. */
  #lapsed = false;

  #standing: Standing;
  readonly #onSession: (session: VisitorSession) => void | Promise<void>;

  readonly #onLapse: () => void;

  constructor(standing: Standing, onSession: (session: VisitorSession) => void | Promise<void>, onLapse: () => void) {
    this.#standing = standing;
    this.#onSession = onSession;
    this.#onLapse = onLapse;
    this.api = new VisitorApi(new Http({ token: (renew) => this.token(renew) }));
  }

  get resume(): string | undefined {
    return this.#standing.resume;
  }

  get inbox(): PublicInbox | undefined {
    return this.#session?.inbox;
  }

  /** Good until the server refuses it: when that is, a customer's clock, which may be a day wrong, cannot tell. */
  token = async (renew: boolean): Promise<string> => ((!renew && this.#session) || (await this.#renew())).token;

  /** The site vouches for somebody; the next session is theirs. */
  identify(identity: string): Promise<VisitorSession> {
    this.#standing = { ...this.#standing, identity };
    this.#session = undefined;
    this.#lapsed = false;
    return this.#renew();
  }

  /** What the visitor allows to be noted; said with a session, so there is a new one. */
  consent(yes: boolean): Promise<VisitorSession> {
    this.#standing = { ...this.#standing, consent: yes };
    return this.#renew();
  }

  /** The site has gone to another page; sessions that are asked for later say that one. */
  went(page: Standing['page']): void {
    this.#standing = { ...this.#standing, page };
    if (this.#session) void this.api.ask('PUT', '/v1/widget/page', page).catch(() => undefined);
  }

  /** One session at a time, however many ask for it. */
  #renew(): Promise<VisitorSession> {
    if (this.#lapsed) return Promise.reject(Problem.network('lapsed'));
    this.#asking ??= this.#ask().finally(() => (this.#asking = undefined));
    return this.#asking;
  }

  async #ask(): Promise<VisitorSession> {
    const asked = this.#standing;
    const { inbox, resume, identity, page, consent, said, locale } = asked;
    let session: VisitorSession;
    try {
      session = await anonymous.startSession({ inbox, resume, identity, page, consent, timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone, language: (read(languageKey(inbox)) ?? said) || undefined, locale });
    } catch (error) {
      // The site's word was not believed: the visitor stays who they are, the messages stay within reach.
      if (!identity || !(error instanceof Problem) || error.passing) throw error;
      this.#standing = { ...this.#standing, identity: undefined };
      return this.#ask();
    }
    if (asked.identity !== this.#standing.identity || asked.consent !== this.#standing.consent) {
      // What this one gave counts: what was there before may be worth nothing by now.
      this.#standing.resume = session.resume;
      return this.#ask();
    }
    if (this.leaving && this.visitor && this.visitor.id !== session.visitor.id) throw Problem.network('left');
    // Whoever is known is not made a stranger while they look, and what they write is no stranger's: it waits until the site says again who they are.
    if (this.visitor?.verified && !session.visitor.verified) {
      this.#session = undefined;
      this.#lapsed = true;
      this.#onLapse();
      return this.#renew();
    }
    this.#session = session;
    this.visitor = session.visitor;
    this.#standing = { ...this.#standing, resume: session.resume };
    await this.#onSession(session);
    return session;
  }
}
