// Written by the demo into each of its pages: their clock is as far ahead as the demo's.
(() => {
  const Real = Date;
  let ahead = AHEAD;
  const now = () => Real.now() + ahead;
  globalThis.Date = new Proxy(Real, {
    construct: (target, values, made) => Reflect.construct(target, values.length ? values : [now()], made === globalThis.Date ? target : made),
    apply: () => new Real(now()).toString(),
    get: (target, name) => (name === 'now' ? now : Reflect.get(target, name)),
  });
  const move = (to) => {
    if (!Number.isFinite(to) || to === ahead) return;
    ahead = to;
    // Screens look at the clock again when they are looked at again.
    document.dispatchEvent(new Event('visibilitychange'));
    // Whoever sits at the console still does, though hours have passed.
    if (location.pathname === '/' || location.pathname === '/demo/console') fetch('/v1/me/input', { method: 'POST', headers: { 'X-Parley': '1' } }).catch(() => {});
  };
  new BroadcastChannel('parley-demo-clock').addEventListener('message', (event) => move(event.data));
  // Another origin, as the telephone is, hears nothing of it and asks.
  setInterval(() => fetch('/demo/controls/ahead').then((answer) => answer.text()).then((text) => move(Number(text))).catch(() => {}), 5_000);
})();
