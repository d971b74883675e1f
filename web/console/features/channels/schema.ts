import type { Channel, ChannelKind, SettingValue } from '$client';

/** What stands in the form: what is set, what holds where nothing is, and nothing where a secret is, for that is never given back. */
export function filled(schema: ChannelKind | undefined, channel?: Channel): Record<string, SettingValue> {
  return Object.fromEntries((schema?.fields ?? []).filter((field) => field.kind !== 'made').map((field) => [field.name, channel?.settings[field.name] ?? field.default ?? (field.kind === 'switch' ? false : '')]));
}

/** What is sent of it: numbers as numbers, and an empty secret not at all, so that the one that is set stays. */
export function given(schema: ChannelKind | undefined, values: Record<string, SettingValue>): Record<string, SettingValue> {
  const sent: Record<string, SettingValue> = {};
  for (const field of schema?.fields ?? []) {
    const value = values[field.name];
    if (field.kind === 'made' || value === undefined || (field.kind === 'secret' && value === '')) continue;
    sent[field.name] = field.kind === 'number' && value !== '' ? Number(value) : value;
  }
  return sent;
}
