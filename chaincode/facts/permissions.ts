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
  amendFact: { access: 'submit', kinds: recorders, roles: officer, succeeds: true },
  cancelFact: { access: 'submit', kinds: recorders, roles: officer, succeeds: true },
  previewFactChange: { access: 'evaluate', kinds: ['customs', 'tax'], roles: writers },
  confirmFactStep: { access: 'submit', kinds: authorities, roles: approver, succeeds: true },
  returnFactStep: { access: 'submit', kinds: authorities, roles: writers, succeeds: true },
  readFact: { access: 'evaluate', kinds: [...recorders, 'regulator'], roles: readers, succeeds: true },
  readFacts: { access: 'evaluate', kinds: [...recorders, 'regulator'], roles: readers, succeeds: true },
  verifyDocument: { access: 'evaluate', kinds: bankOrRegulator, roles: readers },
} as const satisfies Record<string, Permission>;
