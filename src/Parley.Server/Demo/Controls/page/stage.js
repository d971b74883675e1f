// The panel shows what the demo says of itself, and asks it for what is pressed.
(() => {
  const panel = document.querySelector('[data-stage]');
  const find = (selector) => panel.querySelector(selector);
  const told = new BroadcastChannel('parley-demo-clock');
  const why = {
    'night:false': 'The time of your own clock. The shop is always open.',
    'night:true': 'The shop is closed; it opens from 9:00 to 18:00. What is asked now is promised for tomorrow.',
    'profile:blended': 'Live while both are here, messages when one has left. A thread never ends.',
    'profile:messaging': 'No live chat: every question has a promise, and is answered when somebody can.',
    'profile:strictLive': 'Only sessions: with a queue, a reminder, and an end. Conversations that go on keep the rules that they began with.',
  };
  const ahead = 'The time of your own clock, but a later day: what was said at 22:00 must not lie in the future. To have today again, start a demo in an empty folder: parley demo --data DIR.';
  const times = { grace: 'A customer counts as gone after', liveWait: 'Promised an answer after waiting', accept: 'An offer stands for', firstReply: 'Nudged for a first answer after', reply: 'Nudged for the next after', agentGrace: 'Somebody else is found after Noor dropped', idleReminder: 'Strict live: “Are you still there?” after', idle: 'Ended, or no longer live, after silence of', mail: 'Mailed what was not seen after' };
  const said = (seconds) => (seconds === undefined || seconds === null ? '3 min' : seconds < 120 ? `${seconds} s` : `${Math.round(seconds / 60)} min`);
  let state;

  function wall() {
    if (!state) return;
    // The page's own clock follows the demo's.
    const now = new Date();
    const zone = { timeZone: state.zone };
    find('[data-wall]').textContent = now.toLocaleTimeString('en-GB', { ...zone, hour: '2-digit', minute: '2-digit' });
    const days = Math.round(state.ahead / 86_400_000);
    find('[data-day]').textContent = `${now.toLocaleDateString('en-GB', { ...zone, weekday: 'long', day: 'numeric', month: 'long' })}${!state.night && days > 0 ? ` · ${days === 1 ? 'a day' : `${days} days`} ahead` : ''}`;
  }

  function draw(next) {
    if (next.ahead !== state?.ahead) {
      told.postMessage(next.ahead);
      dispatchEvent(new CustomEvent('demo-ahead', { detail: next.ahead }));
    }
    state = next;
    panel.querySelectorAll('[data-set]').forEach((button) => {
      const pressed = String(state[button.dataset.set]) === button.value;
      button.setAttribute('aria-pressed', `${pressed}`);
      const text = button.closest('section').querySelector('[data-why]');
      if (pressed && text) text.textContent = button.dataset.set === 'night' && !state.night && state.ahead > 0 ? ahead : why[`${button.dataset.set}:${button.value}`];
    });
    find('[data-times]').innerHTML = '';
    for (const [name, text] of Object.entries(times)) {
      const [term, value] = [document.createElement('dt'), document.createElement('dd')];
      term.textContent = text;
      value.textContent = said(state.seconds[name]);
      find('[data-times]').append(term, value);
    }
    find('.letters').toggleAttribute('data-new', state.unread > 0);
    find('[data-mails]').textContent = state.unread ? `${state.unread} not read yet` : state.mails ? `${state.mails} ${state.mails === 1 ? 'mail' : 'mails'}, all read` : 'What Parley mails stays here.';
    setTimeout(wall, 20);
  }

  async function ask(wish) {
    const answer = await fetch('/demo/controls/state', wish ? { method: 'PUT', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(wish) } : {});
    if (!answer.ok) throw new Error((await answer.json().catch(() => ({}))).detail ?? `The demo answered ${answer.status}.`);
    draw(await answer.json());
  }

  panel.addEventListener('click', async (event) => {
    const button = event.target.closest('[data-set]');
    if (!button || button.getAttribute('aria-pressed') === 'true') return;
    const choice = button.parentElement;
    choice.setAttribute('aria-busy', 'true');
    find('[data-failed]').hidden = true;
    try {
      await ask({ [button.dataset.set]: button.dataset.set === 'profile' ? button.value : button.value === 'true' });
    } catch (error) {
      find('[data-failed]').textContent = error.message;
      find('[data-failed]').hidden = false;
    }
    choice.removeAttribute('aria-busy');
  });

  const look = () => document.hidden || ask().catch(() => {});
  look();
  setInterval(look, 3_000);
  setInterval(wall, 1_000);
  document.addEventListener('visibilitychange', look);
})();
