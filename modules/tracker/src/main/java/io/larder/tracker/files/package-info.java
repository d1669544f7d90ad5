/// The tracker's files (S2 §6): what is known of groups and storages across a restart, and the changelog. Formats are in `protocol.disk`, system calls in `platform`; here is who writes what and when.
@NullMarked
package io.larder.tracker.files;

import org.jspecify.annotations.NullMarked;
