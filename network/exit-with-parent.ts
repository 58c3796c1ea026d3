/*
 * Loaded into a server before anything else. The channel to the process that started it closes when that
 * process ends, however it ends; a server that lived on would keep its port from the next start.
 */
import { isMainThread } from 'node:worker_threads';

process.on('disconnect', () => process.exit());
// It may have ended before this was loaded: then nobody tells of it any more. Threads of the server load this, too, and have no channel.
if (isMainThread && !process.connected) process.exit();
// Listening must not by itself keep a program alive that has come to its end.
process.channel?.unref();
