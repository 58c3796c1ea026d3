/** Answers to what follows from an object that nobody changes: worked out once, and known as long as the object is. */
export function onceFor<K extends object, V extends object | string>(work: (from: K) => V): (from: K) => V {
  const known = new WeakMap<K, V>();
  return (from) => {
    const present = known.get(from);
    if (present !== undefined) return present;
    const made = work(from);
    known.set(from, made);
    return made;
  };
}
