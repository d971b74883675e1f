interface Held {
  value?: string;
  checked?: boolean;
}

/**
 * Sets what a field holds. The framework has words of its own for it, whose machinery a stranger would download with every thread, for it stands with
 * what draws the thread; this comes with the form.
 */
export function holds(field: HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement, held: Held) {
  const update = (next: Held) => {
    if (next.value !== undefined && field.value !== next.value) field.value = next.value;
    if (next.checked !== undefined) (field as HTMLInputElement).checked = next.checked;
  };
  update(held);
  return { update };
}
