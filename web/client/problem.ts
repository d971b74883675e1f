interface Body {
  title?: string;
  detail?: string;
  code?: string;
  status?: number;
  errors?: FieldFlaw[];
  holder?: Problem['holder'];
}

/** What is wrong with one field of what was sent: its path, one word that stays, one sentence. */
export interface FieldFlaw {
  field: string;
  code: string;
  text: string;
}

/** A refusal by the server (RFC 9457, `code` is stable), or `network` when there was no answer at all. */
export class Problem extends Error {
  override readonly name = 'Problem';

  constructor(
    readonly code: string,
    readonly status: number,
    message: string,
    readonly errors?: FieldFlaw[],
    /** How long the server asks us to wait, if it does. */
    readonly retryAfterMs?: number,
    /** Who has it, where that is why. */
    readonly holder?: { kind: string; id?: string; name?: string },
  ) {
    super(message);
  }

  /** The same call may succeed later, unchanged. */
  get passing(): boolean {
    return this.status === 0 || this.status === 408 || this.status === 425 || this.status === 429 || this.status >= 500;
  }

  static network(cause: unknown): Problem {
    return new Problem('network', 0, cause instanceof Error ? cause.message : 'No answer from the server.');
  }

  /** A body that is not a problem (a proxy's page) still becomes one, named by its status. */
  static of(status: number, text: string, retryAfter: string | null): Problem {
    let body: Body = {};
    try {
      const parsed: unknown = JSON.parse(text);
      if (parsed && typeof parsed === 'object') body = parsed;
    } catch {
      // Not JSON: the status says enough.
    }
    return new Problem(body.code ?? `http.${status}`, status, body.detail ?? body.title ?? `HTTP ${status}`, body.errors, seconds(retryAfter), body.holder);
  }
}

function seconds(header: string | null): number | undefined {
  const value = Number(header);
  return header && Number.isFinite(value) && value >= 0 ? value * 1000 : undefined;
}
