// Times as one says them, and a look whether something came.
document.querySelectorAll('time').forEach((time) => {
  const at = new Date(time.dateTime);
  const today = at.toDateString() === new Date().toDateString();
  const long = time.closest('dl');
  time.textContent = at.toLocaleString('en-GB', long ? { dateStyle: 'full', timeStyle: 'short' } : today ? { hour: '2-digit', minute: '2-digit' } : { day: 'numeric', month: 'short' });
});
setInterval(async () => {
  if (document.hidden) return;
  const answer = await fetch('/demo/mail/count').catch(() => undefined);
  // The letter that is being read stays as it is; the list is drawn anew beside it.
  if (answer?.ok && (await answer.text()) !== document.body.dataset.count) location.reload();
}, 2_000);
