import { z } from 'zod';
import { factAlias, factAliasAt, factAt, factHead, publicAliasAt, writeAlias } from '../facts/records.js';
import { type Address, at, readKey, registry } from '../ledger/addresses.js';
import type { Call } from '../ledger/call.js';
import { fingerprints } from '../ledger/key-ring.js';
import type { Verb } from '../ledger/verb.js';
import type { RecordKind } from '../ledger/records.js';
import { keyText, withoutIssuer } from '../rules/document-keys.js';
import type { FingerprintKind, Fingerprints } from '../rules/fingerprints.js';

const storedSchema = z.looseObject({
  schema: z.literal(1),
  salt: z.string().optional(),
  origin: z.object({ kind: z.string(), text: z.string() }).optional(),
});

/** Any record that is found by a text, whatever it says. */
const entry: RecordKind<Record<string, unknown>> = {
  name: 'entry',
  shape: z.record(z.string(), z.unknown()),
  upgrades: [],
};

/**
 * Makes entries of the registry known under the newest fingerprint key too: links, look-alikes, containers, further keys of
 * documents and whatever else is found by a text that can be guessed. An entry stays where it was and is read there no
 * more. Doing it again changes nothing.
 */
export const rekeyEntries: Verb<'rekeyEntries'> = async (call, { keys }) => {
  const secrets = await fingerprints(call.work);
  let rekeyed = 0;
  for (const key of keys) if (await rekey(call, secrets, key)) rekeyed += 1;
  return { rekeyed };
};

/** @returns whether anything was written. */
async function rekey(call: Call, secrets: Fingerprints, key: string): Promise<boolean> {
  const { letters, id } = readKey(key);
  if (id === undefined) return false;
  if (letters === factHead.letters) return rekeyFact(call, secrets, id);
  const stored = await call.port.get(registry, key);
  if (stored === undefined) return false;
  const { schema: _schema, salt: _salt, origin, ...fields } = storedSchema.parse(JSON.parse(stored));
  if (origin === undefined) return false;
  const [newest] = secrets.candidates(origin.kind as FingerprintKind, origin.text);
  const address: Address<Record<string, unknown>> = at(registry, { ...entry, letters }, newest);
  // What is there was written since the rotation, on top of what lies under the older key.
  if (newest === id || (await call.work.read(address)) !== undefined) return false;
  call.work.write(address, fields);
  if (letters === factAlias.letters) call.work.write(publicAliasAt(newest), {});
  return true;
}

/** A document keeps its id; it becomes known under another one. */
async function rekeyFact({ work }: Call, secrets: Fingerprints, id: string): Promise<boolean> {
  const head = await work.read(factAt(id));
  if (head === undefined) return false;
  const [newest] = secrets.candidates('fact', keyText(head.named ? head : withoutIssuer(head)));
  if (newest === id || (await work.read(factAliasAt(newest))) !== undefined) return false;
  writeAlias(work, newest, id);
  return true;
}
