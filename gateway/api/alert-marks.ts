import { z } from 'zod';
import { alertSchema, alertView } from './alert-view.js';
import type { ApiContext } from './context.js';
import { endpoint } from './endpoint.js';
import type { Caller, Endpoint } from './endpoint.js';
import { ownView } from './own-view.js';
import { Problem } from './problem.js';
import { readerRoles } from './reader-roles.js';

const readers = { roles: readerRoles } as const;
const params = z.object({ id: z.string().max(60) });

/** What people mark on an alert: that they have read it, and what came of looking into it. */
export function alertMarkEndpoints(context: ApiContext): Endpoint[] {
  return [getAlert, markAlertRead, checkAlert].map((make) => make(context));
}

function getAlert(context: ApiContext): Endpoint {
  const { projection } = context;
  return endpoint({
    method: 'get',
    path: '/alerts/{id}',
    tag: 'events',
    summary: 'An alert, the records that it is about, and what was marked on it',
    access: readers,
    params,
    answers: { 200: { description: 'The alert', schema: alertSchema } },
    handle: async ({ params: { id }, caller }) => {
      const entry = await find(context, caller, id);
      return { status: 200, body: alertView(projection, entry, caller.session.person.id) };
    },
  });
}

function markAlertRead(context: ApiContext): Endpoint {
  const { projection } = context;
  return endpoint({
    method: 'put',
    path: '/alerts/{id}/reading',
    tag: 'events',
    summary: 'Mark an alert as read by oneself',
    access: readers,
    params,
    answers: { 200: { description: 'The alert', schema: alertSchema } },
    handle: async ({ params: { id }, caller }) => {
      const entry = await find(context, caller, id);
      const person = caller.session.person.id;
      projection.marks.read(entry, person, new Date());
      return { status: 200, body: alertView(projection, entry, person) };
    },
  });
}

function checkAlert(context: ApiContext): Endpoint {
  const { projection } = context;
  return endpoint({
    method: 'post',
    path: '/alerts/{id}/check',
    tag: 'events',
    summary:
      'Mark an alert as looked into, with what came of it; it waits for nobody of the organisation any more',
    access: { roles: ['officer', 'approver'] },
    params,
    body: z.strictObject({ remark: z.string().trim().min(1).max(500) }),
    answers: { 200: { description: 'The alert; the first remark stays', schema: alertSchema } },
    handle: async ({ params: { id }, body: { remark }, caller }) => {
      const entry = await find(context, caller, id);
      const person = caller.session.person.id;
      const checked = projection.marks.check(entry, person, new Date(), remark);
      const isOwn = checked.by === person && checked.remark === remark;
      if (!isOwn)
        throw new Problem('ALERT_CHECKED', {
          detail: `Checked by ${checked.by}, whose remark stays: “${checked.remark}”.`,
        });
      return { status: 200, body: alertView(projection, entry, person) };
    },
  });
}

/** @throws Problem ALERT_NOT_FOUND, also for an alert of another enterprise's. */
async function find({ projection, follower }: ApiContext, caller: Caller, id: string) {
  const { enterprise } = ownView(caller);
  await follower.caughtUp();
  const entry = projection.feed.find(id);
  const isOwn = entry?.kind === 'alert' && (enterprise === undefined || entry.enterprise === enterprise);
  if (!isOwn) throw new Problem('ALERT_NOT_FOUND', { field: 'id' });
  return entry;
}
