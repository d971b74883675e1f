// The basket of a shop that sells nothing: a number that stays while one looks around.
const shown = document.querySelector('.basket');
let count = Number(sessionStorage.getItem('basket') ?? 0);
const show = () => (shown.textContent = count ? `Basket (${count})` : 'Basket');
document.querySelector('[data-buy]')?.addEventListener('click', (event) => {
  sessionStorage.setItem('basket', ++count);
  event.currentTarget.textContent = 'In your basket';
  show();
});
document.querySelectorAll('.who select').forEach((select) => select.addEventListener('change', () => {
  // Whoever signs out leaves nothing behind for the next one at this screen.
  if (select.name === 'as' && select.dataset.now) window.Parley?.shutdown?.();
  setTimeout(() => select.form.submit(), select.name === 'as' ? 400 : 0);
}));
document.querySelector('[data-ask]')?.addEventListener('click', () => window.Parley?.open?.());
show();
// The demo's own page opens the shop with the conversation beside it.
if (location.hash === '#chat') (window.Parley = window.Parley || []).push(['open']);
