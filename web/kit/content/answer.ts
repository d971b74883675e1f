import type { FieldFlaw, FormValues, Place } from '$client';

/** What was answered to the question that is drawn, as far as it is known. */
export interface Answer {
  choice?: string | undefined;
  values?: FormValues | undefined;
  location?: Place | undefined;
  score?: number | undefined;
  text?: string | undefined;
  /** It did not arrive; pressed, it is tried again. */
  retry?: (() => void) | undefined;
}

/** What can be done with a question. Without it a card only shows. */
export interface Replying {
  choose: (choice: string, text: string) => void;
  fill: (values: FormValues, lines: [label: string, value: string][]) => void;
  /** Asks the browser, which asks the person. */
  locate: () => Promise<Place>;
  place: (place: Place) => void;
  rate: (score: number, text: string | undefined) => void;
  /** What was filled in and not sent, kept over reloads; and what the server said of it. */
  draft?: FormValues | undefined;
  keep?: ((values: FormValues) => void) | undefined;
  refused?: readonly FieldFlaw[] | undefined;
}
