import { z } from 'zod';
import { resemblanceReasons, usualOptions } from '../audit/resemblance.js';
import type { Scan } from '../audit/scan.js';
import { auditedDocumentSchema, lateDuplicateSchema } from '../projection/audit-queries.js';
import { lateReasons } from '../projection/late-duplicates.js';
import type { ApiContext } from './context.js';
import { endpoint } from './endpoint.js';
import type { Endpoint } from './endpoint.js';
import { Problem } from './problem.js';
import { readerRoles } from './reader-roles.js';
import { idParams, page, pageOf } from './shared-schemas.js';

/** How long the order of a scan waits for its end before it answers with the progress. */
const patienceMs = 2_000;

const auditors = { kinds: ['regulator'], roles: readerRoles } as const;

const orderSchema = z.strictObject({
  /** Number of blocks to look at; all that there are, unless told. Naming it makes the result reproducible. */
  height: z.int32().min(1).optional(),
  /** Days within which documents are near in date. */
  days: z.number().int().min(0).max(60).default(usualOptions.days),
  /** How far amounts in two currencies may be apart at the day's rates, in hundredths of a per cent. */
  tolerance: z.number().int().min(0).max(500).default(usualOptions.tolerance),
  /** Days within which the same container is on the same journey. */
  journeyDays: z.number().int().min(0).max(180).default(usualOptions.journeyDays),
  /** How many of two documents have to be financed for a person to be told. */
  financed: z.enum(['both', 'either', 'any']).default('either'),
});
const scanSchema = z.strictObject({
  id: z.string(),
  state: z.enum(['running', 'done', 'failed', 'stopped']),
  order: orderSchema.required(),
  /** Documents at the height, and how many of them have been looked at. */
  documents: z.number().int(),
  examined: z.number().int(),
  findings: z.number().int(),
  /** Documents that share a key with more others than are compared. */
  crowded: z.number().int(),
  /** Whether the limit of documents or findings ended the scan early. */
  cut: z.boolean(),
});
const findingSchema = z.strictObject({
  document: auditedDocumentSchema,
  resembles: z.array(
    z.strictObject({ document: auditedDocumentSchema, reasons: z.array(z.enum(resemblanceReasons)) }),
  ),
});

/** Documents that may have been pledged again in disguise, whatever has become of the claims since. */
export function documentAuditEndpoints(context: ApiContext): Endpoint[] {
  return [listLateDuplicates, startScan, getScan, listScanFindings].map((make) => make(context));
}

function listLateDuplicates({ projection, follower }: ApiContext): Endpoint {
  return endpoint({
    method: 'get',
    path: '/audit/late-duplicates',
    tag: 'audit',
    summary:
      'Documents recorded after money was paid out on one that they resemble, or whose trade they join',
    access: auditors,
    query: z.strictObject({ reason: z.enum(lateReasons).optional(), ...page }),
    answers: { 200: { description: 'A page, the latest first', schema: pageOf(lateDuplicateSchema) } },
    handle: async ({ query }) => {
      await follower.caughtUp();
      return { status: 200, body: projection.audit.lateDuplicates(query, projection.nextBlock) };
    },
  });
}

function startScan({ projection, follower, scans }: ApiContext): Endpoint {
  return endpoint({
    method: 'post',
    path: '/audit/scans',
    tag: 'audit',
    summary:
      'Look through all documents, those with settled claims included, for one pledged again in disguise',
    access: auditors,
    body: orderSchema,
    answers: {
      200: { description: 'The scan is over', schema: scanSchema },
      202: { description: 'It goes on; ask at its address', schema: scanSchema },
    },
    handle: async ({ body: { height, ...rest } }) => {
      await follower.caughtUp();
      const present = projection.nextBlock;
      if (height !== undefined && height > present) {
        const detail = `This gateway knows ${present} blocks.`;
        throw new Problem('INPUT_INVALID', { detail, field: 'height' });
      }
      const ordered = await scans.order({ ...rest, height: height ?? present }, patienceMs);
      if (ordered === undefined) throw new Problem('TOO_MANY_SCANS', { retryAfter: 5 });
      const { id, scan } = ordered;
      return {
        status: scan.state === 'running' ? 202 : 200,
        body: shown(id, scan),
        location: `/api/v1/audit/scans/${id}`,
      };
    },
  });
}

function getScan(context: ApiContext): Endpoint {
  return endpoint({
    method: 'get',
    path: '/audit/scans/{id}',
    tag: 'audit',
    summary: 'How far a scan is',
    access: auditors,
    params: idParams,
    answers: { 200: { description: 'The scan', schema: scanSchema } },
    handle: ({ params: { id } }) => Promise.resolve({ status: 200, body: shown(id, find(context, id)) }),
  });
}

function listScanFindings(context: ApiContext): Endpoint {
  const { projection } = context;
  return endpoint({
    method: 'get',
    path: '/audit/scans/{id}/findings',
    tag: 'audit',
    summary: 'What a scan found, in the order in which the documents were recorded',
    access: auditors,
    params: idParams,
    query: z.strictObject({
      cursor: z
        .string()
        .regex(/^\d{1,9}$/)
        .optional(),
      limit: page.limit,
    }),
    answers: {
      200: {
        description: 'A page; while the scan runs, of what it found so far',
        schema: pageOf(findingSchema).extend({ height: z.number().int() }),
      },
    },
    handle: ({ params: { id }, query: { cursor = '0', limit } }) => {
      const scan = find(context, id);
      const start = Number(cursor);
      const { height } = scan.order;
      const documentAt = (fact: string) => projection.audit.documentAt(fact, height);
      const items = scan.findings.slice(start, start + limit).map(({ fact, resembles }) => ({
        document: documentAt(fact),
        resembles: [...new Set(resembles.map((one) => one.fact))].map((other) => ({
          document: documentAt(other),
          reasons: resembles.filter((one) => one.fact === other).map(({ reason }) => reason),
        })),
      }));
      const next = start + limit < scan.findings.length ? { next: String(start + limit) } : {};
      return Promise.resolve({ status: 200, body: { height, items, ...next } });
    },
  });
}

function find({ scans }: ApiContext, id: string): Scan {
  const scan = scans.find(id);
  if (scan === undefined) throw new Problem('SCAN_NOT_FOUND');
  return scan;
}

function shown(id: string, scan: Scan): z.infer<typeof scanSchema> {
  const { state, order, documents, examined, findings, crowded, cut } = scan;
  return { id, state, order, documents, examined, findings: findings.length, crowded, cut };
}
