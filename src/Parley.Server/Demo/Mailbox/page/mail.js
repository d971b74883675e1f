// Times as one says them, the mail as high as it is, and a look whether something came.
const spell = () => document.querySelectorAll('time').forEach((time) => {
  const at = new Date(time.dateTime);
  const today = at.toDateString() === new Date().toDateString();
  const long = time.closest('dl');
  time.textContent = at.toLocaleString('en-GB', long ? { dateStyle: 'full', timeStyle: 'short' } : today ? { hour: '2-digit', minute: '2-digit' } : { day: 'numeric', month: 'short' });
});
spell();

const sheet = document.querySelector('.sheet');
const fit = () => {
  const page = sheet.contentDocument?.documentElement;
  if (!page) return;
  // A page is at least as high as its frame: as high as what stands in it, only where the frame has no height.
  sheet.style.blockSize = '0';
  sheet.style.blockSize = `${page.scrollHeight}px`;
};
if (sheet) {
  sheet.addEventListener('load', fit);
  addEventListener('resize', fit);
  fit();
}

setInterval(async () => {
  if (document.hidden) return;
  const answer = await fetch('/demo/mail/count').catch(() => undefined);
  if (!answer?.ok || (await answer.text()) === document.body.dataset.count) return;
  // The mail that is being read stays where it is; the list is drawn anew beside it.
  const drawn = await fetch(location.href).then((page) => page.text()).catch(() => undefined);
  if (!drawn) return;
  const next = new DOMParser().parseFromString(drawn, 'text/html');
  document.title = next.title;
  document.body.dataset.count = next.body.dataset.count;
  const nav = document.querySelector('main > nav');
  const focused = nav.contains(document.activeElement) && document.activeElement.getAttribute('href');
  nav.replaceChildren(...next.querySelector('main > nav').childNodes);
  if (focused) nav.querySelector(`a[href="${focused}"]`)?.focus();
  if (!document.querySelector('article > *')) document.querySelector('article').replaceChildren(...next.querySelector('article').childNodes);
  spell();
}, 2_000);
