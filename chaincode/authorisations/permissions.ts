import { officer, type Permission } from '../roles.js';

export const authorisationPermissions = {
  authoriseQuery: { access: 'submit', kinds: ['enterprise'], roles: officer },
  revokeAuthorisation: { access: 'submit', kinds: ['enterprise'], roles: officer },
} as const satisfies Record<string, Permission>;
