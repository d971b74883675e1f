import { describe, expect, it } from 'vitest';
import type { Form } from '$client';
import { kept, newField, newForm, opened, whole } from './forms';

const order: Form = {
  id: 'order', name: 'Ask for the order', title: { en: 'Your order', de: 'Die Bestellung' },
  fields: [
    { name: 'email', type: 'email', label: 'Email', required: true },
    { name: 'anchors', type: 'number', label: { en: 'Anchors' }, min: 1, max: 4 },
    { name: 'boat', type: 'choice', label: { en: 'Boat' }, options: [{ id: 'sail', label: { en: 'Sail' } }, { id: 'motor', label: { en: 'Motor' } }] },
  ],
};

describe('MS20 a form in the editor', () => {
  it('comes out as it went in', () => {
    expect(kept(opened(order, 'en'), ['en'])).toEqual({ ...order, fields: [{ ...order.fields![0], label: { en: 'Email' } }, ...order.fields!.slice(1)] });
  });

  it('gives each new field a name of its own, and none that says something of the person', () => {
    const form = newForm(['form']);
    form.name = 'New';
    form.fields = [newField('text', 'name', { en: 'Name' }), newField('text', '', { en: 'Name' }), newField('date', '', { de: 'Wann könnte es sein?' }), newField('text', '', { en: '42' })];
    const { id, fields } = kept(form, ['de', 'en']);
    expect(id).toBe('form-2');
    expect(fields.map((field) => field.name)).toEqual(['name', 'name-2', 'wann-konnte-es-sein', 'field']);
  });

  it('keeps what the kind of a field has, and nothing that is empty', () => {
    const field = { ...newField('text', '', { en: ' Size ', de: '  ' }), min: '3', maxLength: '40', hint: { en: '' }, required: false };
    expect(kept({ ...newForm([]), name: 'x', fields: [field] }, ['en']).fields).toEqual([{ name: 'size', type: 'text', label: { en: 'Size' }, maxLength: 40 }]);
  });

  it('is whole when every field and every option says something', () => {
    const form = { ...newForm([]), name: 'x' };
    expect(whole(form)).toBe(false);
    expect(whole({ ...form, fields: [newField('text', '', { en: 'Size' })] })).toBe(true);
    expect(whole({ ...form, fields: [newField('text')] })).toBe(false);
    expect(whole({ ...form, fields: [newField('choice', '', { en: 'Boat' })] })).toBe(false);
    expect(whole({ ...form, name: ' ', fields: [newField('text', '', { en: 'Size' })] })).toBe(false);
  });
});
