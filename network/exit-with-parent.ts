/*
 * Loaded into a chaincode server before anything else. The channel to the process that started it closes when that
 * process ends, however it ends; a server that lived on would keep its port from the next start.
 */
process.on('disconnect', () => process.exit());
