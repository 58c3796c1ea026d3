import { extname } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { Busboy, type BusboyInstance } from '@fastify/busboy';
import { contentTypeOf, type NamedFile } from '../../documents/bundle.js';
import { zipLimits } from '../../documents/zip-entries.js';
import { Problem } from '../problem.js';

/** Endings by what the part says it is, for a part whose name has none. */
const endings: ReadonlyMap<string, string> = new Map([
  ['application/xml', '.xml'],
  ['text/xml', '.xml'],
  ['text/csv', '.csv'],
  ['application/json', '.json'],
  ['application/pdf', '.pdf'],
]);

/**
 * The files of a form. The whole form is in memory and bounded by the caller.
 *
 * @throws Problem INPUT_INVALID for what is no form or a file that is not read here, INPUT_TOO_LARGE for too many parts.
 */
export async function filesOf(body: Buffer, contentType: string): Promise<readonly NamedFile[]> {
  return (await partsOf(body, contentType)).map(({ name: stated, type, bytes }, index) => {
    const name = extname(stated) === '' ? `${stated || index + 1}${endings.get(type) ?? ''}` : stated;
    if (contentTypeOf(name) === undefined) {
      throw new Problem('INPUT_INVALID', {
        field: name.slice(0, 80),
        detail: 'A file of this kind is not read here.',
      });
    }
    return { name, bytes };
  });
}

interface Part extends NamedFile {
  readonly type: string;
}

function partsOf(body: Buffer, contentType: string): Promise<readonly Part[]> {
  return new Promise((resolve, reject) => {
    const refuse = () => {
      reject(new Problem('INPUT_INVALID', { detail: 'This is no form of several files.' }));
    };
    const parts: Promise<Part>[] = [];
    let form: BusboyInstance;
    try {
      form = new Busboy({
        headers: { 'content-type': contentType },
        limits: { files: zipLimits.entries, fields: 0, parts: zipLimits.entries, fileSize: body.length },
      });
    } catch {
      refuse();
      return;
    }
    form.on('file', (_field, stream, filename, _encoding, type) => {
      parts.push(buffer(stream).then((bytes) => ({ name: filename, type, bytes })));
    });
    for (const limit of ['filesLimit', 'partsLimit'] as const) {
      form.on(limit, () => {
        reject(
          new Problem('INPUT_TOO_LARGE', { detail: `The form has more than ${zipLimits.entries} files.` }),
        );
      });
    }
    form.on('error', refuse);
    form.on('finish', () => {
      Promise.all(parts).then(resolve, refuse);
    });
    form.end(body);
  });
}
