type Json =
  string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json | undefined };

/** JSON with sorted names and without undefined members: the same record has the same bytes on every endorser. */
export function canonicalJson(value: unknown): string {
  return textOf(value as Json);
}

function textOf(value: Json): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (isArray(value)) return `[${value.map(textOf).join(',')}]`;
  const members: string[] = [];
  for (const name of Object.keys(value).sort()) {
    const member = value[name];
    if (member !== undefined) members.push(`${JSON.stringify(name)}:${textOf(member)}`);
  }
  return `{${members.join(',')}}`;
}

function isArray(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
