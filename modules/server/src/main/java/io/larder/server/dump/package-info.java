/// Shows the files of a data directory to people and programs: logs, trunk files, marks, small files, and what a file id
/// says. Reads only, by way of the disk port; nothing here knows the command line or decides what is right.
@NullMarked
package io.larder.server.dump;

import org.jspecify.annotations.NullMarked;
