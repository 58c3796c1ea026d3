import {
  approver,
  authorities,
  bankOrRegulator,
  officer,
  type Permission,
  readers,
  recorders,
  writers,
} from '../roles.js';

/** Documents: authorities record and change them, and whoever finances asks after them. */
export const factPermissions = {
  recordFacts: { access: 'submit', kinds: recorders, roles: officer },
  amendFact: { access: 'submit', kinds: recorders, roles: officer },
  cancelFact: { access: 'submit', kinds: recorders, roles: officer },
  previewFactChange: { access: 'evaluate', kinds: ['customs', 'tax'], roles: writers },
  confirmFactStep: { access: 'submit', kinds: authorities, roles: approver },
  returnFactStep: { access: 'submit', kinds: authorities, roles: writers },
  readFact: { access: 'evaluate', kinds: [...recorders, 'regulator'], roles: readers },
  readFacts: { access: 'evaluate', kinds: [...recorders, 'regulator'], roles: readers },
  verifyDocument: { access: 'evaluate', kinds: bankOrRegulator, roles: readers },
} as const satisfies Record<string, Permission>;
