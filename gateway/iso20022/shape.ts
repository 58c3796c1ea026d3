import { z } from 'zod';
import type { XmlElement } from '../documents/xml-tree.js';

/** What an element has to look like, and what is read of it. */
export type Shape<T> = z.ZodType<T, XmlElement>;

interface Particle<T, K extends 'one' | 'maybe' | 'many'> {
  readonly kind: K;
  readonly shape: Shape<T>;
  readonly least: number;
  readonly most: number;
}
type AnyParticle = Particle<unknown, 'one' | 'maybe' | 'many'>;
type ValueOf<P> =
  P extends Particle<infer T, 'one'>
    ? T
    : P extends Particle<infer T, 'maybe'>
      ? T | undefined
      : P extends Particle<infer T, 'many'>
        ? readonly T[]
        : never;

/** Exactly once. */
export function one<T>(shape: Shape<T>): Particle<T, 'one'> {
  return { kind: 'one', shape, least: 1, most: 1 };
}

/** Once or not at all. */
export function maybe<T>(shape: Shape<T>): Particle<T, 'maybe'> {
  return { kind: 'maybe', shape, least: 0, most: 1 };
}

/** As often as is said. */
export function many<T>(shape: Shape<T>, least = 0, most = Infinity): Particle<T, 'many'> {
  return { kind: 'many', shape, least, most };
}

const element = z.custom<XmlElement>();

/** What the standard allows there, and nobody here reads. */
export const unread: Shape<XmlElement> = element;

/** An element with these children, in this order, and no others. */
export function sequence<F extends Record<string, AnyParticle>>(
  fields: F,
): Shape<{ readonly [K in keyof F]: ValueOf<F[K]> }> {
  const names = Object.keys(fields);
  return element.transform((from, context) => {
    const fail = (message: string, path: readonly string[] = []) => {
      context.issues.push({ code: 'custom', message, path: [...path], input: from.name });
    };
    if (from.text.trim() !== '') fail('There is text where elements belong.');
    const found = new Map<string, unknown[]>(names.map((name) => [name, []]));
    let reached = 0;
    for (const child of from.children) {
      const place = names.indexOf(child.name);
      const field = fields[child.name];
      if (field === undefined || child.namespace !== from.namespace)
        fail('It does not belong here.', [child.name]);
      else if (place < reached) fail(`It stands behind ${names[reached] ?? ''}.`, [child.name]);
      else {
        reached = place;
        const read = field.shape.safeParse(child);
        if (read.success) found.get(child.name)?.push(read.data);
        else
          for (const { message, path } of read.error.issues) fail(message, [child.name, ...path.map(String)]);
      }
    }
    for (const [name, { least, most }] of Object.entries(fields)) {
      const count = from.children.filter((child) => child.name === name).length;
      if (count < least) fail('It is missing.', [name]);
      if (count > most) fail(`It stands there ${String(count)} times.`, [name]);
    }
    const values = names.map((name) => {
      const all = found.get(name) ?? [];
      return [name, fields[name]?.kind === 'many' ? all : all[0]] as const;
    });
    return Object.fromEntries(values) as { readonly [K in keyof F]: ValueOf<F[K]> };
  });
}

/** An element with one of these children. */
export function choice<F extends Record<string, Shape<unknown>>>(
  options: F,
): Shape<{ readonly [K in keyof F]?: z.output<F[K]> }> {
  const fields = Object.fromEntries(Object.entries(options).map(([name, shape]) => [name, maybe(shape)]));
  return sequence(fields).transform((values, context) => {
    const given = Object.entries(values).filter(([, value]) => value !== undefined);
    if (given.length !== 1)
      context.issues.push({
        code: 'custom',
        message: `One of ${Object.keys(options).join(', ')} belongs here.`,
        input: given.length,
      });
    return Object.fromEntries(given) as { readonly [K in keyof F]?: z.output<F[K]> };
  });
}

/** An element with text alone, without space around it. */
export function text(longest: number, pattern?: RegExp, what = 'This'): Shape<string> {
  return element.transform((from, context) => {
    const said = from.text.trim();
    const fault =
      from.children.length > 0
        ? 'There are elements where text belongs.'
        : said === ''
          ? 'It is empty.'
          : said.length > longest
            ? `It is longer than ${String(longest)} characters.`
            : pattern?.test(said) === false
              ? `${what} is written otherwise.`
              : undefined;
    if (fault !== undefined) context.issues.push({ code: 'custom', message: fault, input: said });
    return said;
  });
}
