/** Said by whoever has given the run a network namespace of its own: lines are cut only where they are nobody else's. */
export const mayCutLines = process.env['PLEDGEONCE_OWN_NETWORK'] === 'yes';
