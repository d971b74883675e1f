import type { Text } from '../texts';

/** What is fetched with the screen that says it: a pack is a file `<language>/late/<name>.ts`, and a line here. */
export interface Packs {
  brands: typeof import('./en/late/brands').default;
  channels: typeof import('./en/late/channels').default;
  contacts: typeof import('./en/late/contacts').default;
  contents: typeof import('./en/late/contents').default;
  knowing: typeof import('./en/late/knowing').default;
  mail: typeof import('./en/late/mail').default;
  mailbox: typeof import('./en/late/mailbox').default;
  notifications: typeof import('./en/late/notifications').default;
  people: typeof import('./en/late/people').default;
  policy: typeof import('./en/late/policy').default;
  routing: typeof import('./en/late/routing').default;
  searching: typeof import('./en/late/searching').default;
  setup: typeof import('./en/late/setup').default;
  steps: typeof import('./en/late/steps').default;
  supervision: typeof import('./en/late/supervision').default;
  switching: typeof import('./en/late/switching').default;
  team: typeof import('./en/late/team').default;
  told: typeof import('./en/late/told').default;
  viewing: typeof import('./en/late/viewing').default;
  visitors: typeof import('./en/late/visitors').default;
  workspaces: typeof import('./en/late/workspaces').default;
  writing: typeof import('./en/late/writing').default;
}

export type Pack = keyof Packs;
export type LateKey = { [P in Pack]: keyof Packs[P] }[Pack];

const files = import.meta.glob<{ default: Record<string, Text> }>('./*/late/*.ts');

export async function unpack(pack: Pack, language: string): Promise<Record<string, Text>> {
  return (await files[`./${language}/late/${pack}.ts`]!()).default;
}
