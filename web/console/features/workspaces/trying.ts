/** Opens a customer's window beside this one: a page of Parley's own with the widget, before any site has it. */
export function openTry(inbox: string) {
  open(`/try#${inbox}`, 'parley-try', 'popup,width=460,height=780');
}
