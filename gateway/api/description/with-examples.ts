import { exampleOf, type Described } from './example-of.js';

interface Content {
  readonly content?: Readonly<Record<string, { readonly schema?: Described; example?: unknown }>>;
}
interface Operation {
  readonly requestBody?: Content;
  readonly responses?: Readonly<Record<string, Content>>;
}
interface Document {
  readonly paths?: object;
  readonly components?: { readonly schemas?: object };
}

/** Gives every JSON request, and every JSON answer that is no refusal, an example made of its schema. */
export function withExamples<D extends Document>(document: D): D {
  const components = (document.components?.schemas ?? {}) as Readonly<Record<string, Described>>;
  const operations = Object.values((document.paths ?? {}) as Record<string, object>).flatMap(
    (path) => Object.values(path) as Operation[],
  );
  for (const { requestBody, responses = {} } of operations) {
    const done = Object.entries(responses).filter(([status]) => status.startsWith('2'));
    for (const one of [requestBody, ...done.map(([, answer]) => answer)]) {
      const json = one?.content?.['application/json'];
      if (json?.schema !== undefined) json.example = exampleOf(json.schema, components);
    }
  }
  return document;
}
