// Fields of a conversation, and the dimension that a warning has of one.
import type { FieldView } from '$lib/api';

/** The choices of a field; a value that the plan has no more is one of them as long as the conversation has it. */
export function choicesOf(field: FieldView): string[] {
  const { choices, value } = field;
  return value == null || choices.includes(value) ? choices : [...choices, value];
}

/** "place" of `field.place`; other dimensions as they are. */
export const dimensionName = (dimension: string): string => (dimension.startsWith('field.') ? dimension.slice('field.'.length).replaceAll('_', ' ') : dimension);
