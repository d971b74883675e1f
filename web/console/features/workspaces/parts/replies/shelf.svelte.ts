import { Problem, type FieldFlaw, type Id } from '$client';
import { complain } from '../../../../app/refusals';
import { seat } from '../../../../app/seat.svelte';
import { t } from '../../../../app/texts.svelte';
import { Saving } from '../../saving.svelte';

/** What canned replies and macros have in common. */
interface Shelved {
  id: Id;
  name: string;
  team?: Id | undefined;
  mine: boolean;
}

/** A form for what is written once and used again: whose it may be, what was refused of it, and how it is kept and taken away. */
export class Shelf<T extends Shelved> {
  readonly #saving = new Saving();
  readonly #load: () => Promise<unknown>;
  name = $state('');
  team = $state('');
  editable = $state(true);
  flaws = $state.raw<readonly FieldFlaw[]>([]);

  /** `load`: learns anew what there is. */
  constructor(load: () => Promise<unknown>) {
    this.#load = load;
  }

  get busy(): boolean {
    return this.#saving.busy;
  }

  get teams() {
    return (seat.directory?.teams ?? []).filter((each) => seat.governs || seat.agent(seat.me?.id)?.teams?.includes(each.id));
  }

  /** What it is chosen from whose it is. */
  get whose(): { value: string; name: string }[] {
    return [...(seat.governs || !this.editable ? [{ value: '', name: t('replies.everybody') }] : []), ...this.teams.map((each) => ({ value: each.id as string, name: each.name }))];
  }

  /** What every one of them says of itself. */
  get wanted(): { name: string; team?: Id } {
    return { name: this.name.trim(), ...(this.team ? { team: this.team } : {}) };
  }

  begin(it?: T) {
    this.name = it?.name ?? '';
    this.team = it?.team ?? (seat.governs ? '' : (this.teams[0]?.id ?? ''));
    this.editable = it?.mine ?? (seat.governs || this.teams.length > 0);
    this.flaws = [];
  }

  /** True where it is kept; what is wrong of it stands in `flaws`. */
  async keep(task: () => Promise<T>): Promise<boolean> {
    this.flaws = [];
    const kept = await this.#saving.run(
      () => task().catch((error: unknown) => {
        if (!(error instanceof Problem) || !error.errors?.length) throw error;
        this.flaws = error.errors;
        return undefined;
      }),
      '',
    );
    if (kept) await this.#load().catch(complain);
    return kept !== undefined;
  }

  /** For a list that asks before it takes one away. */
  removing(task: (id: Id) => Promise<unknown>, said: () => string) {
    return {
      name: t('picture.remove'),
      title: (it: T) => t('replies.remove.title', { name: it.name }),
      text: t('replies.remove.text'),
      run: async (it: T) => {
        const done = await this.#saving.run(() => task(it.id).then(() => true), said());
        if (done) await this.#load().catch(complain);
        return done ?? false;
      },
    };
  }
}
