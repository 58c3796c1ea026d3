import { officer, type Permission } from '../roles.js';

export const consentPermissions = {
  giveConsent: { access: 'submit', kinds: ['enterprise'], roles: officer },
  withdrawConsent: { access: 'submit', kinds: ['enterprise'], roles: officer },
} as const satisfies Record<string, Permission>;
