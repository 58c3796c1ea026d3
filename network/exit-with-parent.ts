/*
 * Loaded into a server before anything else. The channel to the process that started it closes when that
 * process ends, however it ends; a server that lived on would keep its port from the next start.
 */
process.on('disconnect', () => process.exit());
// It may have ended before this was loaded: then nobody tells of it any more.
if (!process.connected) process.exit();
// Listening must not by itself keep a program alive that has come to its end.
process.channel?.unref();
