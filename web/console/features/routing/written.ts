import type { Skills, SortingRule } from '$client';

/** "rigging 2, splicing": what one writes of skills; without a level it is the first. */
export function skillsOf(text: string): Skills {
  const found: Skills = {};
  for (const each of text.split(/[\n,]/).map((one) => one.trim()).filter(Boolean)) {
    const [, name, level] = /^(.*?)(?:[\s:]+(\d+))?$/.exec(each) ?? [];
    if (name) found[name] = Number(level ?? 1);
  }
  return found;
}

export const writtenSkills = (skills: Skills | undefined): string => Object.entries(skills ?? {}).map(([skill, level]) => `${skill} ${level}`).join(', ');

type Fields = NonNullable<SortingRule['fields']>;

/** "topic = rig*, mast", one a line. What has no equals sign is none. */
export const fieldsOf = (text: string): Fields =>
  text.split('\n').flatMap((line) => {
    const at = line.indexOf('=');
    const field = line.slice(0, at).trim();
    const values = line.slice(at + 1).split(',').map((value) => value.trim()).filter(Boolean);
    return at > 0 && field && values.length ? [{ field, values }] : [];
  });

export const writtenFields = (fields: Fields | undefined): string => (fields ?? []).map(({ field, values }) => `${field} = ${values.join(', ')}`).join('\n');

/** What somebody filled in, in a made-up conversation: one value a line. */
export const filledOf = (text: string): Record<string, string> => Object.fromEntries(fieldsOf(text).map(({ field, values }) => [field, values.join(', ')]));
