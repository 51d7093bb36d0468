/** Where in the manifest texts for people stand, and the key of each. Names of products, `Daybook` among them, are no such texts. */

type Fields = Record<string, unknown>;

export interface TextPlace {
  readonly key: string;
  /** As it stands in package.json: the text itself or `%key%`. */
  readonly value: string;
  set(value: string): void;
}

/** @param manifest package.json, parsed; `set` changes it */
export function textPlaces(manifest: Fields): readonly TextPlace[] {
  const places: TextPlace[] = [];
  const add = (owner: Fields, name: string, key: string): void => {
    const value = owner[name];
    if (typeof value === 'string') places.push({ key, value, set: (next) => void (owner[name] = next) });
  };
  const contributes = manifest['contributes'] as Record<string, unknown>;
  const list = (name: string): readonly Fields[] => (contributes[name] ?? []) as readonly Fields[];

  add(manifest, 'description', 'description');
  for (const [name, capability] of Object.entries(manifest['capabilities'] as Record<string, Fields>)) add(capability, 'description', `capability.${name}`);
  for (const view of Object.values(contributes['views'] as Record<string, readonly Fields[]>).flat()) add(view, 'name', `view.${short(view['id'])}`);
  for (const welcome of list('viewsWelcome')) add(welcome, 'contents', `welcome.${short(welcome['view'])}.${slug(welcome['when'])}`);
  for (const command of list('commands')) {
    add(command, 'title', `command.${short(command['command'])}`);
    add(command, 'shortTitle', `command.${short(command['command'])}.short`);
  }
  for (const submenu of list('submenus')) add(submenu, 'label', `menu.${short(submenu['id'])}`);
  for (const group of list('configuration')) addSettings(group, add);
  for (const walkthrough of list('walkthroughs')) addWalkthrough(walkthrough, add);
  return places;
}

type Add = (owner: Fields, name: string, key: string) => void;

function addSettings(group: Fields, add: Add): void {
  add(group, 'title', `settings.${String(group['order'])}`);
  for (const [id, property] of Object.entries(group['properties'] as Record<string, Fields>)) {
    for (const name of ['description', 'markdownDescription']) add(property, name, `setting.${short(id)}`);
    for (const name of ['enumDescriptions', 'markdownEnumDescriptions', 'enumItemLabels']) {
      const values = property[name] as Fields | undefined;
      if (values) for (const at of Object.keys(values)) add(values, at, `setting.${short(id)}.${String((property['enum'] as readonly unknown[])[Number(at)])}`);
    }
  }
}

function addWalkthrough(walkthrough: Fields, add: Add): void {
  const start = `walkthrough.${short(walkthrough['id'])}`;
  for (const name of ['title', 'description']) add(walkthrough, name, `${start}.${name}`);
  for (const step of walkthrough['steps'] as readonly Fields[]) {
    for (const name of ['title', 'description']) add(step, name, `${start}.${String(step['id'])}.${name}`);
    add(step['media'] as Fields, 'altText', `${start}.${String(step['id'])}.picture`);
  }
}

function short(id: unknown): string {
  return String(id).replace(/^daybook\./, '');
}

function slug(when: unknown): string {
  return (typeof when === 'string' ? when : 'always').replace(/daybook\./g, '').replace(/!(?=\w)/g, 'not-').replace('!=', 'is-not').replace(/[^a-z]+/gi, '-');
}
