import { bank, officer, type Permission, type Role } from '../roles.js';

// What time demands, the gateway does by itself: its own identity may do this and nothing else.
const officerOrService: readonly Role[] = ['officer', 'service'];

export const offerPermissions = {
  postRequest: { access: 'submit', kinds: ['enterprise'], roles: officer },
  closeRequest: { access: 'submit', kinds: ['enterprise'], roles: officerOrService },
  withdrawRequest: { access: 'submit', kinds: ['enterprise'], roles: officer },
  sealOffer: { access: 'submit', kinds: bank, roles: officer },
  openOffer: { access: 'submit', kinds: bank, roles: officerOrService },
  acceptOffer: { access: 'submit', kinds: ['enterprise'], roles: officer },
} as const satisfies Record<string, Permission>;
