import { render } from 'svelte/server';
import { describe, expect, it } from 'vitest';
import type { FieldView } from '$lib/api';
import { choicesOf, dimensionName } from './fields';
import Fields from './Fields.svelte';

const place: FieldView = { key: 'place', name: 'Place', choices: ['Norway', 'Sweden'], value: 'Sweden', planned: true };
const area: FieldView = { key: 'product_area', name: 'Product area', choices: [], value: null, planned: true };
const shop: FieldView = { key: 'shop', name: 'shop', choices: [], value: 'Oslo', planned: false };

/** What is drawn, without the marks that Svelte leaves for itself. */
function drawn(fields: FieldView[], disabled = false): string {
  const { body } = render(Fields, { props: { fields, disabled, onset: () => Promise.resolve() } });
  return body.replace(/<!--.*?-->/g, '').replace(/ class="[^"]*"/g, '');
}
/** The id that the label of this name is for. */
const labelled = (html: string, name: string) => new RegExp(`<label for="([^"]+)">${name}</label>`).exec(html)?.[1];

describe('the fields of a conversation', () => {
  it('are a list where the plan has choices, with the value chosen and a way to have none', () => {
    const html = drawn([place]);
    const id = labelled(html, 'Place');
    expect(html).toContain(`<select id="${id}"`);
    expect([...html.matchAll(/<option value="([^"]*)"/g)].map((m) => m[1])).toEqual(['', 'Norway', 'Sweden']);
    expect(html).toMatch(/<option value="Sweden" selected/);
  });
  it('are text where it has none', () => {
    const html = drawn([area]);
    const id = labelled(html, 'Product area');
    expect(html).toMatch(new RegExp(`<input id="${id}" value="" maxlength="100"`));
  });
  it('can only be taken away when no plan names them any more', () => {
    const html = drawn([shop]);
    expect(html).toContain('Oslo');
    expect(html).toContain('aria-label="Remove shop"');
    expect(html).not.toMatch(/<input|<select/);
  });
  it('are read only for who may not change them', () => {
    const html = drawn([place, area, shop], true);
    expect(html).not.toMatch(/<input|<select|<button/);
    expect(html).toContain('Sweden');
    expect(html).toContain('–');
  });
  it('keep a value that the plan has no more until another is chosen', () => {
    expect(choicesOf({ ...place, value: 'Finland' })).toEqual(['Norway', 'Sweden', 'Finland']);
    expect(choicesOf({ ...place, value: null })).toEqual(['Norway', 'Sweden']);
  });
});

it('a dimension is said as a reader would', () => {
  expect(['field.product_area', 'channel'].map(dimensionName)).toEqual(['product area', 'channel']);
});
