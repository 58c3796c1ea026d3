import {
  addAffiliation,
  deleteAffiliation,
  listAffiliations,
  modifyAffiliation,
  readAffiliation,
} from './affiliations.js';
import { listCertificates } from './certificates.js';
import { enroll, reenroll } from './enroll.js';
import { gencrl } from './gencrl.js';
import { addIdentity, deleteIdentity, listIdentities, modifyIdentity, readIdentity } from './identities.js';
import { info } from './info.js';
import { register } from './register.js';
import type { Endpoint } from './request.js';
import { revoke } from './revoke.js';

interface Operation {
  readonly endpoint: Endpoint;
  /** HTTP status when it succeeds. */
  readonly status: number;
}

const ok = (endpoint: Endpoint): Operation => ({ endpoint, status: 200 });
const created = (endpoint: Endpoint): Operation => ({ endpoint, status: 201 });

/** Fabric CA's REST API: which method of which path does what. */
export const ROUTES: Readonly<Record<string, Readonly<Record<string, Operation>>>> = {
  cainfo: { GET: ok(info), POST: ok(info), HEAD: ok(info) },
  enroll: { POST: created(enroll) },
  reenroll: { POST: created(reenroll) },
  register: { POST: created(register) },
  revoke: { POST: ok(revoke) },
  gencrl: { POST: ok(gencrl) },
  identities: { GET: ok(listIdentities), POST: created(addIdentity) },
  'identities/:subject': { GET: ok(readIdentity), PUT: ok(modifyIdentity), DELETE: ok(deleteIdentity) },
  affiliations: { GET: ok(listAffiliations), POST: created(addAffiliation) },
  'affiliations/:subject': {
    GET: ok(readAffiliation),
    PUT: ok(modifyAffiliation),
    DELETE: ok(deleteAffiliation),
  },
  certificates: { GET: ok(listCertificates) },
};
