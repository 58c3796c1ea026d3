/**
 * Parts a batch that lost a conflict in two. What changes the same thing stays together, since its parts would only make
 * each other lose; what has nothing to do with the rest should not lose again with it.
 *
 * @param touchesOf names of what an item changes.
 * @returns the items in their order; one part alone where everything hangs together.
 */
export function splitBatch<T>(
  items: readonly T[],
  touchesOf: (item: T) => readonly string[],
): readonly (readonly T[])[] {
  const groups = groupsOf(items.map(touchesOf));
  const first = new Set<number>();
  for (const group of groups) {
    if (first.size > 0 && first.size + group.length > items.length / 2) continue;
    for (const place of group) first.add(place);
  }
  const parts = [true, false].map((isFirst) => items.filter((_, place) => first.has(place) === isFirst));
  return parts.filter((part) => part.length > 0);
}

/** Items that hang together, directly or through others, in the order of the first of each. */
function groupsOf(touches: readonly (readonly string[])[]): readonly (readonly number[])[] {
  const root = touches.map((_, index) => index);
  const find = (index: number): number => {
    let at = index;
    while (root[at] !== at) at = root[at] ?? at;
    return at;
  };
  const holder = new Map<string, number>();
  for (const [index, names] of touches.entries()) {
    for (const name of names) {
      const [one, other] = [find(holder.get(name) ?? index), find(index)];
      root[Math.max(one, other)] = Math.min(one, other);
      holder.set(name, index);
    }
  }
  const groups = new Map<number, number[]>();
  for (const index of touches.keys()) groups.set(find(index), [...(groups.get(find(index)) ?? []), index]);
  return [...groups.values()];
}
