/** Who reads what their organisation holds: everybody who works with it, and not who looks after its people alone. */
export const readerRoles = ['officer', 'approver', 'auditor', 'viewer'] as const;
