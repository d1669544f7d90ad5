/// The check of a data directory at rest, a C storage's or ours: walks it once beside its logs, names what does not fit
/// together, and repairs what is safe to repair. Memory does not follow the number of files: what the logs say is sorted
/// in runs on disk in the order of the walk. Knows the disk port, formats and rules; nothing of jobs, sockets or terminals.
@NullMarked
package io.larder.store.verify;

import org.jspecify.annotations.NullMarked;
