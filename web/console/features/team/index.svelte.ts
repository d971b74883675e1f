import { seat } from '../../app/seat.svelte';
import { learn } from '../../app/texts.svelte';
import { teamApi } from './api';
import { Looking } from './looking';
import { stage, type Stage } from './stage';

/** What agents do together: fetched once the first screen stands. */
export async function start(given: Stage): Promise<void> {
  Object.assign(stage, given);
  await learn('team');
  look();
}

/** Says which conversation one looks at, for as long as the page is there. */
function look() {
  const { attention, current } = stage;
  const looking = new Looking(
    Date.now,
    () => ({ conversation: current.it?.id, visible: !document.hidden, focused: attention.on }),
    (said) => {
      // A line that only hears cannot carry it.
      if (seat.standing === 'in' && !seat.stream?.say(said)) void teamApi.look(said).catch(() => undefined);
    },
  );
  const sign = () => looking.sign();
  for (const event of ['pointermove', 'keydown', 'wheel', 'touchstart']) addEventListener(event, sign, { passive: true });
  document.addEventListener('visibilitychange', () => looking.changed());
  setInterval(() => looking.tick(), 15_000);
  seat.hear((frame) => frame.type === 'hello' && looking.changed(true));
  $effect.root(() => {
    $effect(() => {
      void [current.it, attention.on];
      looking.changed();
    });
  });
}
