/** Making elements. Foreign text only ever becomes text: there is no way to hand in HTML. */

export type Child = Node | string | undefined;

/** Attributes whose value is undefined are left out. */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag, attributes: Readonly<Record<string, string | number | undefined>> = {}, ...children: readonly Child[]
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) if (value !== undefined) made.setAttribute(name, String(value));
  made.append(...children.filter((child): child is Node | string => child !== undefined && child !== ''));
  return made;
}

export function button(className: string, label: string, run: () => void, ...children: readonly Child[]): HTMLButtonElement {
  const made = element('button', { type: 'button', class: className, ...(children.length > 0 && { title: label, 'aria-label': label }) }, ...(children.length > 0 ? children : [label]));
  made.addEventListener('click', (event) => {
    // A button in the line of a fold does not fold it.
    event.preventDefault();
    event.stopPropagation();
    run();
  });
  return made;
}

/** A text with its values in their places. */
export function fill(text: string, ...values: readonly (string | number)[]): string {
  return text.replace(/\{(\d+)\}/g, (_hole, place: string) => String(values[Number(place)] ?? ''));
}
