import { type Permission, readers } from '../roles.js';

export const ownDocumentPermissions = {
  readOwnDocuments: { access: 'evaluate', kinds: ['enterprise'], roles: readers },
  readOwnDocument: { access: 'evaluate', kinds: ['enterprise'], roles: readers },
} as const satisfies Record<string, Permission>;
